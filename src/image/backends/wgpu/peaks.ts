import { addon } from "../../../addon.ts";
import { cornerPeaks, type CornerPeaksOptions, peaksOrMask, resolveCornerPeaks } from "../../feature/corner-peaks.ts";
import { peakLocalMax, type PeakLocalMaxOptions, resolvePeakLocalMax } from "../../feature/peak-local-max.ts";
import type { Peak, PeakOptions, ResolvedPeaks } from "../../feature/peak-options.ts";
import { GpuImage } from "../../gpu-image.ts";
import { SAMPLE_ARRAYS } from "../../image.ts";
import type { DispatchContext } from "../../../index.ts";
import { decide } from "../gpu-choice.ts";
import { checkedPeaks, peaksAt } from "../peak-call.ts";
import type { Steps } from "../steps.ts";
import { type Argument, asked } from "./recorded.ts";
import { implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

implementInSteps(
  peakLocalMax,
  function* (image: Argument, options?: PeakLocalMaxOptions): Steps<unknown> {
    return yield* peaks("feature.peakLocalMax", image, resolvePeakLocalMax(image, options), false);
  },
  {
    shouldRun: (context, image, options) => judge(context, image, options, () => resolvePeakLocalMax(image, options)),
  },
);

implementInSteps(
  cornerPeaks as (image: Argument, options?: CornerPeaksOptions) => unknown,
  function* (image: Argument, options?: CornerPeaksOptions): Steps<unknown> {
    const resolved = resolveCornerPeaks(image, options);
    const found = peaksOrMask(image, yield* peaks("feature.cornerPeaks", image, resolved, true), resolved);
    return Array.isArray(found) ? found : GpuImage.from(found);
  },
  {
    shouldRun: (context, image, options) => judge(context, image, options, () => resolveCornerPeaks(image, options)),
  },
);

const NO_LABELS = "labels: regions with peaks of their own are not cut out on the GPU";

/** Whether to find peaks here. */
function judge(
  context: DispatchContext,
  image: Argument,
  options: PeakOptions | undefined,
  resolved: () => ResolvedPeaks,
): true | string {
  if ((options?.labels ?? null) !== null) return NO_LABELS;
  return decide(context, [image], SAMPLE_ARRAYS[image.dtype].BYTES_PER_ELEMENT, resolved);
}

function* peaks(operation: string, image: Argument, resolved: ResolvedPeaks, corners: boolean): Steps<Peak[]> {
  if (resolved.labels !== null) throw unsupported(operation, NO_LABELS);
  const checked = checkedPeaks(resolved);
  const places = asked(operation, [image], (later, gpu) => addon.gpuPeaks(operation, gpu, checked, corners, later));
  return peaksAt(yield* places);
}
