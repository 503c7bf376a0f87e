import type { Histogram } from "../exposure/bins.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type DType, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { argmax, type HistogramThreshold, places, readBins, thresholdOf } from "./histogram-threshold.ts";

/** Options of `filters.thresholdTriangle`. */
export interface ThresholdTriangleOptions extends DispatchOptions {
  /** Bins for float images, at least 2; integer images have one bin per level. Default 256. */
  nbins?: number;
}

const OPTIONS: readonly string[] = ["nbins"];

/** Checks the arguments of `filters.thresholdTriangle` and applies the defaults. */
export function resolveThresholdTriangle(
  image: ImageHeader,
  options?: ThresholdTriangleOptions,
): HistogramThreshold<number> {
  const operation = "filters.thresholdTriangle";
  const read = new OptionReader(operation, options, OPTIONS);
  const nbins = readBins(read);
  requireOneChannel(operation, image);
  return { operation, nbins, given: null, judge: triangle };
}

/**
 * The threshold by the triangle method: scikit-image's `threshold_triangle`. Foreground is `> t`.
 *
 * A line goes from the histogram's peak to its further end; the bin that lies furthest below it is the threshold, the
 * first from the end of several. G. W. Zack, W. E. Rogers, S. A. Latt, "Automatic measurement of sister chromatid exchange
 * frequency", Journal of Histochemistry and Cytochemistry 25 (1977).
 *
 * @param image one channel, any dtype.
 * @returns a level between the extremes of an integer image, the centre of a bin for a float one; the value of a constant
 * image.
 * @throws ImageError `ERR_IMAGE_VALUE` for a float image without a histogram, as `thresholdOtsu`; `ERR_IMAGE_SHAPE` for
 * several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const thresholdTriangle: Operation<(image: Image, options?: ThresholdTriangleOptions) => number> = dispatchable(
  "filters.thresholdTriangle",
  { on: [0], optionNames: OPTIONS },
  function thresholdTriangle(image: Image, options?: ThresholdTriangleOptions): number {
    checkSamples(image);
    return thresholdOf(image, resolveThresholdTriangle(image, options));
  },
);

/** The bin that lies furthest below the line between the peak and the further end of the histogram. */
function triangle(histogram: Histogram, dtype: DType): number {
  const { counts, binCenters } = histogram;
  if (counts.length === 1) return binCenters[0]!;
  const place = places(histogram, dtype);
  const last = place.at(-1)!;
  const peak = argmax(counts);
  // From the further end towards the peak: bins by how far they are from that end.
  const flip = place[peak]! < last - place[peak]!;
  const slope = flip
    ? {
        counts: counts.subarray(peak + 1).toReversed(),
        place: place
          .subarray(peak + 1)
          .toReversed()
          .map((at) => last - at),
      }
    : { counts: counts.subarray(0, peak), place: place.subarray(0, peak) };
  const peakAt = flip ? last - place[peak]! : place[peak]!;
  const norm = Math.sqrt(counts[peak]! ** 2 + peakAt ** 2);
  const height = counts[peak]! / norm;
  const width = peakAt / norm;

  let [best, furthest] = [0, -Infinity];
  const consider = (at: number, count: number): void => {
    const distance = height * at - width * count;
    if (distance > furthest) [best, furthest] = [at, distance];
  };
  for (let i = 0; i < slope.counts.length; i++) {
    consider(slope.place[i]!, slope.counts[i]!);
    // Of the empty levels that follow, the last lies furthest from the line.
    const next = slope.place[i + 1] ?? peakAt;
    if (next - 1 > slope.place[i]!) consider(next - 1, 0);
  }
  const found = flip ? last - best : best;
  return dtype.startsWith("float") ? binCenters[found]! : binCenters[0]! + found;
}
