import { addon } from "../../../addon.ts";
import { frangi, type FrangiOptions, outwardScales, resolveFrangi, type ResolvedFrangi } from "../../filters/frangi.ts";
import { attempt } from "../attempt.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { borderOutOfRange, outOfRange } from "./number-range.ts";
import { type Argument, recorded } from "./recorded.ts";
import { unsupported } from "./unsupported.ts";

wgpu.implement(
  frangi,
  (image: Argument, options?: FrangiOptions): unknown => {
    const operation = "filters.frangi";
    const resolved = resolveFrangi(image, options);
    const reason = refusal(resolved);
    if (reason !== null) throw unsupported(operation, reason);
    const { beta, gamma, blackRidges, mode, cval } = resolved;
    const checked = {
      scales: outwardScales(resolved),
      beta,
      blackRidges,
      mode,
      cval,
      ...(gamma !== null && { gamma }),
    };
    return recorded(operation, [image], (gpu) => addon.gpuFrangi(gpu, checked));
  },
  {
    shouldRun: (context, image, options) => {
      const resolved = attempt(() => resolveFrangi(image, options));
      const reason = resolved && refusal(resolved);
      return reason ?? decide(context, [image], 8, () => resolved ?? {});
    },
  },
);

/** So narrow is the Gaussian of a derivative at most: of narrower ones squares may be subnormal. */
const NARROWEST = 0.1 * Math.SQRT1_2;

/** All of them are handed over at once. */
const MOST_WEIGHTS = 2 ** 22;

/** Why it is not done on the GPU, if so. */
function refusal({ scales, beta, gamma, mode, cval }: ResolvedFrangi): string | null {
  if (scales.some(({ sigma }) => sigma[0] < NARROWEST)) return "sigmas below 0.1: only wider ones are done on the GPU";
  const weights = scales.reduce((sum, { radius }) => sum + 2 * (radius[0] + 1), 0);
  if (weights > MOST_WEIGHTS) return `scales of ${weights} weights in all: at most ${MOST_WEIGHTS} on the GPU`;
  return (
    outOfRange("beta", beta) ?? (gamma === null ? null : outOfRange("gamma", gamma)) ?? borderOutOfRange(mode, cval)
  );
}
