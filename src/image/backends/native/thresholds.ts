import type { HistogramThreshold } from "../../filters/histogram-threshold.ts";
import { resolveThresholdIsodata, thresholdIsodata } from "../../filters/threshold-isodata.ts";
import { resolveThresholdLi, thresholdLi } from "../../filters/threshold-li.ts";
import { resolveThresholdLocal, thresholdLocal } from "../../filters/threshold-local.ts";
import { resolveThresholdMean, thresholdMean } from "../../filters/threshold-mean.ts";
import { resolveThresholdMinimum, thresholdMinimum } from "../../filters/threshold-minimum.ts";
import { resolveThresholdMultiotsu, thresholdMultiotsu } from "../../filters/threshold-multiotsu.ts";
import { resolveThresholdNiblack, thresholdNiblack } from "../../filters/threshold-niblack.ts";
import { resolveThresholdOtsu, thresholdOtsu } from "../../filters/threshold-otsu.ts";
import { resolveThresholdSauvola, thresholdSauvola } from "../../filters/threshold-sauvola.ts";
import { resolveThresholdTriangle, thresholdTriangle } from "../../filters/threshold-triangle.ts";
import { resolveThresholdYen, thresholdYen } from "../../filters/threshold-yen.ts";
import { checkSamples, type Image, SAMPLE_ARRAYS, zeros } from "../../image.ts";
import { display } from "../../options.ts";
import type { Operation } from "../../operation.ts";
import { destination } from "../../out.ts";
import { sizeOf } from "../addon-call.ts";
import { implement, kernel } from "./implement.ts";

implement(thresholdMean, function* (image, options) {
  checkSamples(image);
  resolveThresholdMean(image, options);
  return yield* kernel("filters.thresholdMean", (addon) => addon.cpuThresholdMean(image.data, ...sizeOf(image)));
});

implement(
  thresholdLocal,
  function* (image, options) {
    checkSamples(image);
    const operation = "filters.thresholdLocal";
    const { method, blockSize, sigma, radius, offset, mode, cval, dtype } = resolveThresholdLocal(image, options);
    const out = destination(operation, options, dtype, image);
    if (method === "median") {
      const medians = zeros(image.dtype, image);
      const [height, width] = blockSize;
      const cells = new Uint8Array(height * width).fill(1);
      yield* kernel(operation, (addon) =>
        addon.cpuMedian(image.data, ...sizeOf(image), { height, width, mode, cval }, cells, medians.data),
      );
      for (let i = 0; i < out.data.length; i++) out.data[i] = medians.data[i]! - offset;
      return out;
    }
    yield* kernel(operation, (addon) => {
      if (method === "mean")
        return addon.cpuThresholdLocalMean(image.data, ...sizeOf(image), { blockSize, offset, mode, cval }, out.data);
      return addon.cpuGaussian(
        image.data,
        ...sizeOf(image),
        { sigma, radius, mode, cval, preserveRange: true },
        out.data,
      );
    });
    const { data } = out;
    if (method === "gaussian" && offset !== 0) for (let i = 0; i < data.length; i++) data[i] = data[i]! - offset;
    return out;
  },
  {
    shouldRun: (_, image, options) => {
      if (options?.method === "generic") return "a function: kernels know of none";
      const cval = options?.cval ?? 0;
      if (options?.method !== "median" || new SAMPLE_ARRAYS[image.dtype]([cval])[0] === cval) return true;
      return `cval ${display(cval)}: the median is among samples of ${image.dtype}`;
    },
  },
);

implement(thresholdMultiotsu, function* (image, options) {
  checkSamples(image);
  const { operation, classes, nbins, given, judge } = resolveThresholdMultiotsu(image, options);
  if (given) return judge(given.histogram, given.dtype);
  return yield* kernel(operation, (addon) => addon.cpuThresholdMultiotsu(image.data, ...sizeOf(image), classes, nbins));
});

implement(thresholdNiblack, function* (image, options) {
  checkSamples(image);
  const { windowSize, k, dtype } = resolveThresholdNiblack(image, options);
  const out = destination("filters.thresholdNiblack", options, dtype, image);
  yield* kernel("filters.thresholdNiblack", (addon) =>
    addon.cpuThresholdWindow(image.data, ...sizeOf(image), { windowSize, k }, out.data),
  );
  return out;
});

implement(thresholdSauvola, function* (image, options) {
  checkSamples(image);
  const { windowSize, k, r, dtype } = resolveThresholdSauvola(image, options);
  const out = destination("filters.thresholdSauvola", options, dtype, image);
  yield* kernel("filters.thresholdSauvola", (addon) =>
    addon.cpuThresholdWindow(image.data, ...sizeOf(image), { windowSize, k, r }, out.data),
  );
  return out;
});

/** Counts here and judges as the reference does. */
function byHistogram<O>(
  threshold: Operation<(image: Image, options?: O) => unknown>,
  resolve: (image: Image, options?: O) => HistogramThreshold<unknown>,
): void {
  implement(threshold, function* (image: Image, options?: O) {
    checkSamples(image);
    const { operation, nbins, given, judge } = resolve(image, options);
    if (given) return judge(given.histogram, given.dtype);
    return judge(
      yield* kernel(operation, (addon) => addon.cpuThresholdHistogram(image.data, ...sizeOf(image), nbins)),
      image.dtype,
    );
  });
}

byHistogram(thresholdIsodata, resolveThresholdIsodata);
byHistogram(thresholdLi, resolveThresholdLi);
byHistogram(thresholdMinimum, resolveThresholdMinimum);
byHistogram(thresholdOtsu, resolveThresholdOtsu);
byHistogram(thresholdTriangle, resolveThresholdTriangle);
byHistogram(thresholdYen, resolveThresholdYen);
