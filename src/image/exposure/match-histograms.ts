import { ImageError } from "../errors.ts";
import { type ImageHeader, requireImage, shape } from "../header.ts";
import { checkSamples, type DType, type Image, type Samples, zeros } from "../image.ts";
import { floatDType } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { sampleOf } from "../sample-range.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { type Histogram, levelHistogram, listOf } from "./bins.ts";
import { interpolated } from "./interpolation.ts";

/** Options of `exposure.matchHistograms`. */
export interface MatchHistogramsOptions extends OutOptions {
  /** 2 or -1: match each channel to the same one of the reference. Default `null`: all samples together. */
  channelAxis?: 2 | -1 | null;
}

/** What `exposure.matchHistograms` is to do, checked and with defaults. */
export interface ResolvedMatchHistograms {
  /** Channels to be matched by themselves; 1 where all samples are matched together. */
  readonly lists: number;
  /** Dtype of the result. */
  readonly dtype: DType;
}

/** The levels of an image, and of each the share of samples that are not above it. */
export interface Quantiles {
  readonly levels: Float64Array;
  readonly shares: Float64Array;
}

const OPTIONS: readonly string[] = ["channelAxis", "out"];

/** Checks the arguments of `exposure.matchHistograms` and applies the defaults. */
export function resolveMatchHistograms(
  image: ImageHeader,
  reference: ImageHeader,
  options?: MatchHistogramsOptions,
): ResolvedMatchHistograms {
  const operation = "exposure.matchHistograms";
  requireImage(operation, reference, "reference");
  const read = new OptionReader(operation, options, OPTIONS);
  const channelAxis = read.oneOf("channelAxis", null, [2, -1, null]);
  const fits =
    channelAxis === null
      ? (image.channels === 1) === (reference.channels === 1)
      : image.channels === reference.channels;
  if (!fits) {
    const problem = `image has shape ${shape(image)} and reference ${shape(reference)}; expected as many channels`;
    throw new ImageError("ERR_IMAGE_SHAPE", `${operation}: ${problem}`);
  }
  if (channelAxis === null) return { lists: 1, dtype: floatDType(image.dtype) };
  return { lists: image.channels, dtype: image.dtype };
}

/**
 * An image with the histogram of another: scikit-image's `match_histograms`.
 *
 * A level becomes that of the reference which as great a share of samples is not above, interpolated between the reference's levels. NaN counts as greater
 * than any number.
 *
 * Source: R. C. Gonzalez, R. E. Woods, "Digital Image Processing", histogram matching.
 *
 * @param image any dtype and channels.
 * @param reference any size and dtype; as many channels with `channelAxis`, else one where the image has one and several where it has several.
 * @returns the image's shape, in the units of the reference: with `channelAxis` of the image's dtype, for integers cut to whole numbers and to the dtype's
 * limits; without, `float64` for `float64` images, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for channels that do not fit, `ERR_IMAGE_DTYPE` for a reference that is no image, `ERR_IMAGE_OPTION`,
 * `ERR_IMAGE_BUFFER`.
 */
export const matchHistograms: Operation<(image: Image, reference: Image, options?: MatchHistogramsOptions) => Image> =
  dispatchable(
    "exposure.matchHistograms",
    { on: [0, 1], optionNames: OPTIONS },
    function matchHistograms(image: Image, reference: Image, options?: MatchHistogramsOptions): Image {
      checkSamples(image);
      const { lists, dtype } = resolveMatchHistograms(image, reference, options);
      checkSamples(reference);
      const result: Image = zeros(dtype, image);
      for (let list = 0; list < lists; list++) {
        const own = quantilesOf(...counted(listOf(image.data, lists, list)));
        const matched = matchedLevels(own, quantilesOf(...counted(listOf(reference.data, lists, list))), dtype);
        for (let i = list; i < image.data.length; i += lists) {
          result.data[i] = matched[placeOf(image.data[i]!, own.levels)]!;
        }
      }
      return result;
    },
  );

function counted(data: Samples): [levels: Histogram, samples: number] {
  return [levelHistogram(data), data.length];
}

/** Quantiles of so many samples, those that have no level among them. */
export function quantilesOf({ counts, binCenters }: Histogram, samples: number): Quantiles {
  let total = 0;
  const shares = Array.from(counts, (count) => (total += count) / samples);
  if (total === samples) return { levels: binCenters, shares: Float64Array.from(shares) };
  // NaN, of which there is no level.
  return { levels: Float64Array.from([...binCenters, Number.NaN]), shares: Float64Array.from([...shares, 1]) };
}

/** What each level of an image becomes, by the quantiles of the reference. */
export function matchedLevels(own: Quantiles, { levels, shares }: Quantiles, dtype: DType): number[] {
  const sample = sampleOf(dtype);
  return Array.from(own.shares, (share) => sample(interpolated(share, shares, levels)));
}

/** Where a sample lies among the levels, of which NaN is the last. */
function placeOf(sample: number, levels: Float64Array): number {
  let [low, high] = [0, levels.length - 1];
  if (Number.isNaN(sample)) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (levels[middle]! < sample) low = middle + 1;
    else high = middle;
  }
  return low;
}
