import { addon } from "../../../addon.ts";
import { canny, type CannyOptions, outwardWeights, resolveCanny, type ResolvedCanny } from "../../feature/canny.ts";
import { attempt } from "../attempt.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { gpuMask } from "./mask.ts";
import { borderOutOfRange } from "./number-range.ts";
import { type Argument, recorded } from "./recorded.ts";
import { unsupported } from "./unsupported.ts";

wgpu.implement(
  canny,
  (image: Argument, options?: CannyOptions): unknown => {
    const operation = "feature.canny";
    const resolved = resolveCanny(image, options);
    const reason = refusal(resolved);
    if (reason !== null) throw unsupported(operation, reason);
    const { low, high, mode, cval, mask } = resolved;
    const checked = { low, high, mode, cval, ...outwardWeights(resolved) };
    if (mask === null) return recorded(operation, [image], (gpu) => addon.gpuCanny(gpu, checked));
    return recorded(operation, [image, gpuMask(mask)], (gpu, within) => addon.gpuCanny(gpu, checked, within));
  },
  {
    shouldRun: (context, image, options) => {
      const resolved = attempt(() => resolveCanny(image, options));
      const reason = resolved && refusal(resolved);
      return reason ?? decide(context, [image], 4, () => resolved ?? {});
    },
  },
);

/** Why it is not done on the GPU, if so. */
function refusal({ useQuantiles, mode, cval }: ResolvedCanny): string | null {
  if (useQuantiles) return "useQuantiles: gradients are not sorted on the GPU";
  return borderOutOfRange(mode, cval);
}
