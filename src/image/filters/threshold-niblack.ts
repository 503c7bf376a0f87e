import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, rounded } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { windowMoments } from "./window-moments.ts";
import { readWindowSize, type WindowSize } from "./window-size.ts";

/** Options of `filters.thresholdNiblack`. */
export interface ThresholdNiblackOptions extends OutOptions {
  /** Side of the window, odd, or one for rows and one for columns. Default 15. */
  windowSize?: number | readonly [rows: number, columns: number];
  /** How many standard deviations below the mean the threshold lies. Default 0.2. */
  k?: number;
}

/** What `filters.thresholdNiblack` is to do, checked and with defaults. */
export interface ResolvedThresholdNiblack {
  readonly windowSize: WindowSize;
  readonly k: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPTIONS: readonly string[] = ["windowSize", "k", "out"];

/** Checks the arguments of `filters.thresholdNiblack` and applies the defaults. */
export function resolveThresholdNiblack(
  image: ImageHeader,
  options?: ThresholdNiblackOptions,
): ResolvedThresholdNiblack {
  const read = new OptionReader("filters.thresholdNiblack", options, OPTIONS);
  const windowSize = readWindowSize(read, "windowSize", 15);
  const k = read.number("k", 0.2);
  requireOneChannel("filters.thresholdNiblack", image);
  return { windowSize, k, dtype: floatDType(image.dtype) };
}

/**
 * A threshold for each pixel: mean - k · standard deviation of the window about it; scikit-image's `threshold_niblack`.
 *
 * W. Niblack, "An introduction to digital image processing" (1986). Beyond the edge the image is mirrored. Computed in 64 bits; a
 * NaN spreads as far as the window reaches.
 *
 * @param image one channel, any dtype.
 * @returns thresholds in the image's units, the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const thresholdNiblack: Operation<(image: Image, options?: ThresholdNiblackOptions) => Image> = dispatchable(
  "filters.thresholdNiblack",
  { on: [0], optionNames: OPTIONS },
  function thresholdNiblack(image: Image, options?: ThresholdNiblackOptions): Image {
    checkSamples(image);
    const { windowSize, k, dtype } = resolveThresholdNiblack(image, options);
    const { mean, deviation } = windowMoments(image, windowSize);
    return rounded(
      mean.map((value, i) => value - k * deviation[i]!),
      dtype,
      image,
    );
  },
);
