import type { Histogram } from "../exposure/bins.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { type HistogramOption, readHistogram } from "./given-histogram.ts";
import { argmax, type HistogramThreshold, readBins, thresholdOf } from "./histogram-threshold.ts";

/** Options of `filters.thresholdYen`. */
export interface ThresholdYenOptions extends DispatchOptions, HistogramOption {
  /** Bins for float images, at least 2; integer images have one bin per level. Default 256. */
  nbins?: number;
}

const OPTIONS: readonly string[] = ["nbins", "hist"];

/** Checks the arguments of `filters.thresholdYen` and applies the defaults. */
export function resolveThresholdYen(image: ImageHeader, options?: ThresholdYenOptions): HistogramThreshold<number> {
  const operation = "filters.thresholdYen";
  const read = new OptionReader(operation, options, OPTIONS);
  const nbins = readBins(read);
  requireOneChannel(operation, image);
  return { operation, nbins, given: readHistogram(read), judge: yen };
}

/**
 * The threshold by Yen's maximum correlation criterion: scikit-image's `threshold_yen`. Foreground is `> t`.
 *
 * J.-C. Yen, F.-J. Chang, S. Chang, "A new criterion for automatic multilevel thresholding", IEEE Transactions on Image
 * Processing 4 (1995). As there, everything is computed in 32-bit floats, and the first of several maxima wins.
 *
 * @param image one channel, any dtype.
 * @returns a level of an integer image, the centre of a bin for a float one; the value of a constant image.
 * @throws ImageError `ERR_IMAGE_VALUE` for a float image without a histogram, as `thresholdOtsu`; `ERR_IMAGE_SHAPE` for
 * several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const thresholdYen: Operation<(image: Image, options?: ThresholdYenOptions) => number> = dispatchable(
  "filters.thresholdYen",
  { on: [0], optionNames: OPTIONS },
  function thresholdYen(image: Image, options?: ThresholdYenOptions): number {
    checkSamples(image);
    return thresholdOf(image, resolveThresholdYen(image, options));
  },
);

/** The bin after which the correlation of the two classes is largest. */
function yen({ counts, binCenters }: Histogram): number {
  const { fround } = Math;
  const bins = counts.length;
  let pixels = 0;
  for (let i = 0; i < bins; i++) pixels += counts[i]!;
  pixels = fround(pixels);
  // For every bin the share of the pixels up to it, and the sums of squared shares up to it and from it on.
  const below = new Float32Array(bins);
  const squaresBelow = new Float32Array(bins);
  const squaresAbove = new Float32Array(bins);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < bins; i++) {
    const share = fround(fround(counts[i]!) / pixels);
    below[i] = sum = fround(sum + share);
    squaresBelow[i] = squares = fround(squares + fround(share * share));
  }
  squares = 0;
  for (let i = bins - 1; i >= 0; i--) {
    const share = fround(fround(counts[i]!) / pixels);
    squaresAbove[i] = squares = fround(squares + fround(share * share));
  }
  const criterion = new Float32Array(bins - 1);
  for (let i = 0; i < bins - 1; i++) {
    const inverse = fround(1 / fround(squaresBelow[i]! * squaresAbove[i + 1]!));
    const parted = fround(below[i]! * fround(1 - below[i]!));
    // The logarithm changes the order where rounding makes two of them equal.
    criterion[i] = Math.log(fround(inverse * fround(parted * parted)));
  }
  return binCenters[argmax(criterion)]!;
}
