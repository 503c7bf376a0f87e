import { addon } from "../../../addon.ts";
import type { HistogramThreshold } from "../../filters/histogram-threshold.ts";
import { resolveThresholdIsodata, thresholdIsodata } from "../../filters/threshold-isodata.ts";
import { resolveThresholdLi, thresholdLi } from "../../filters/threshold-li.ts";
import { resolveThresholdLocal, thresholdLocal, type ThresholdLocalOptions } from "../../filters/threshold-local.ts";
import { resolveThresholdMean, thresholdMean, type ThresholdMeanOptions } from "../../filters/threshold-mean.ts";
import { resolveThresholdMinimum, thresholdMinimum } from "../../filters/threshold-minimum.ts";
import { resolveThresholdMultiotsu, thresholdMultiotsu } from "../../filters/threshold-multiotsu.ts";
import {
  resolveThresholdNiblack,
  thresholdNiblack,
  type ThresholdNiblackOptions,
} from "../../filters/threshold-niblack.ts";
import { resolveThresholdOtsu, thresholdOtsu } from "../../filters/threshold-otsu.ts";
import {
  resolveThresholdSauvola,
  thresholdSauvola,
  type ThresholdSauvolaOptions,
} from "../../filters/threshold-sauvola.ts";
import { resolveThresholdTriangle, thresholdTriangle } from "../../filters/threshold-triangle.ts";
import { resolveThresholdYen, thresholdYen } from "../../filters/threshold-yen.ts";
import type { WindowSize } from "../../filters/window-size.ts";
import type { Image } from "../../image.ts";
import type { DispatchContext } from "../../../index.ts";
import type { Operation } from "../../operation.ts";
import { attempt } from "../attempt.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { tooManyNeighbours } from "./filters.ts";
import { orNext } from "./or-next.ts";
import { type Argument, asked, recorded } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

wgpu.implement(
  thresholdLocal,
  (image: Argument, options?: ThresholdLocalOptions): unknown => {
    const { method, blockSize: window, sigma, radius, offset, mode, cval } = resolveThresholdLocal(image, options);
    const operation = "filters.thresholdLocal";
    if (method === "generic") throw unsupported(operation, NO_FUNCTIONS);
    const checked = { method, window, sigma, radius, offset, mode, cval };
    return recorded(operation, [image], (gpu) => addon.gpuThresholdLocal(gpu, checked));
  },
  {
    shouldRun: (context, image, options) => {
      if (options?.method === "generic") return NO_FUNCTIONS;
      const resolved = attempt(() => resolveThresholdLocal(image, options));
      if (resolved === null) return decide(context, [image], 4);
      const { method, blockSize: window, radius, mode } = resolved;
      if (method === "gaussian") return decide(context, [image], 4, () => ({ radius }));
      if (method === "mean") return decide(context, [image], 4, () => ({ window }));
      const neighbours = window[0] * window[1];
      // A constant beyond the edge may be none of the dtype's.
      const dtype = mode === "constant" ? "float32" : image.dtype;
      return tooManyNeighbours(neighbours, dtype) ?? decide(context, [image], 4, () => ({ neighbours }));
    },
  },
);

const NO_FUNCTIONS = 'method "generic": functions do not run on the GPU';

implementInSteps(
  thresholdMean,
  function* (image: Argument, options?: ThresholdMeanOptions): Steps<unknown> {
    resolveThresholdMean(image, options);
    return yield* asked("filters.thresholdMean", [image], (later, gpu) => addon.gpuThresholdMean(gpu, later));
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

wgpu.implement(
  thresholdNiblack,
  (image: Argument, options?: ThresholdNiblackOptions): unknown => {
    const { windowSize, k } = resolveThresholdNiblack(image, options);
    return recorded("filters.thresholdNiblack", [image], (gpu) => addon.gpuThresholdNiblack(gpu, windowSize, k));
  },
  { shouldRun: (context, image, options) => byWindow(context, image, () => resolveThresholdNiblack(image, options)) },
);

wgpu.implement(
  thresholdSauvola,
  (image: Argument, options?: ThresholdSauvolaOptions): unknown => {
    const { windowSize, k, r } = resolveThresholdSauvola(image, options);
    return recorded("filters.thresholdSauvola", [image], (gpu) => addon.gpuThresholdSauvola(gpu, windowSize, k, r));
  },
  { shouldRun: (context, image, options) => byWindow(context, image, () => resolveThresholdSauvola(image, options)) },
);

/** More would keep a GPU busy for too long at once. */
const LARGEST_WINDOW = 4095;

/** Whether a threshold by windows runs; options that are wrong are left to it to refuse. */
function byWindow(
  context: DispatchContext,
  image: Argument,
  resolve: () => { readonly windowSize: WindowSize },
): true | string {
  let window: WindowSize;
  try {
    window = resolve().windowSize;
  } catch {
    return true;
  }
  const decided = decide(context, [image], 4, () => ({ window }));
  if (decided !== true || Math.max(...window) <= LARGEST_WINDOW) return decided;
  return `a window of ${window.join(" × ")} pixels: at most ${LARGEST_WINDOW} × ${LARGEST_WINDOW} on the GPU`;
}

/** Counts here and judges as the reference does. */
function byHistogram<O>(
  threshold: Operation<(image: Image, options?: O) => unknown>,
  resolve: (image: Argument, options?: O) => HistogramThreshold<unknown>,
): void {
  implementInSteps(
    threshold,
    orNext(function* (image: Argument, options?: O): Steps<unknown> {
      const { operation, nbins, given, judge } = resolve(image, options);
      if (given) return judge(given.histogram, given.dtype);
      const histogram = yield* asked(operation, [image], (later, gpu) =>
        addon.gpuThresholdHistogram(gpu, operation, nbins, later),
      );
      return judge(histogram, image.dtype);
    }),
    { shouldRun: (context, image) => decide(context, [image], 0), defers: true },
  );
}

byHistogram(thresholdIsodata, resolveThresholdIsodata);
byHistogram(thresholdLi, resolveThresholdLi);
byHistogram(thresholdMinimum, resolveThresholdMinimum);
byHistogram(thresholdMultiotsu, resolveThresholdMultiotsu);
byHistogram(thresholdOtsu, resolveThresholdOtsu);
byHistogram(thresholdTriangle, resolveThresholdTriangle);
byHistogram(thresholdYen, resolveThresholdYen);
