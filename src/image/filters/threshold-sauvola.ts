import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type DType, type Image } from "../image.ts";
import { type FloatDType, floatDType, rounded } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { windowMoments } from "./window-moments.ts";
import { readWindowSize, type WindowSize } from "./window-size.ts";

/** Options of `filters.thresholdSauvola`. */
export interface ThresholdSauvolaOptions extends OutOptions {
  /** Side of the window, odd, or one for rows and one for columns. Default 15. */
  windowSize?: number | readonly [rows: number, columns: number];
  /** The weight of the deviation. Default 0.2. */
  k?: number;
  /** The largest standard deviation, not 0. Default, or `null`: half the range of the dtype; 1 for floats. */
  r?: number | null;
}

/** What `filters.thresholdSauvola` is to do, checked and with defaults. */
export interface ResolvedThresholdSauvola {
  readonly windowSize: WindowSize;
  readonly k: number;
  readonly r: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPTIONS: readonly string[] = ["windowSize", "k", "r", "out"];

/** Half the range of each dtype. */
const HALF_RANGE: Readonly<Record<DType, number>> = {
  uint8: 127.5,
  uint16: 32767.5,
  int32: 2147483647.5,
  float32: 1,
  float64: 1,
};

/** Checks the arguments of `filters.thresholdSauvola` and applies the defaults. */
export function resolveThresholdSauvola(
  image: ImageHeader,
  options?: ThresholdSauvolaOptions,
): ResolvedThresholdSauvola {
  const read = new OptionReader("filters.thresholdSauvola", options, OPTIONS);
  const windowSize = readWindowSize(read, "windowSize", 15);
  const k = read.number("k", 0.2);
  const r = (read.value("r") ?? null) === null ? HALF_RANGE[image.dtype] : read.number("r", 1);
  if (r === 0) throw read.invalid("r", r, "a finite number other than 0, or null");
  requireOneChannel("filters.thresholdSauvola", image);
  return { windowSize, k, r, dtype: floatDType(image.dtype) };
}

/**
 * A threshold for each pixel: mean · (1 + k · (standard deviation / r - 1)) of the window about it; scikit-image's
 * `threshold_sauvola`.
 *
 * J. Sauvola, M. Pietikäinen, "Adaptive document image binarization", Pattern Recognition 33 (2000). Beyond the edge the image is
 * mirrored. Computed in 64 bits; a NaN spreads as far as the window reaches.
 *
 * @param image one channel, any dtype.
 * @returns thresholds in the image's units, the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const thresholdSauvola: Operation<(image: Image, options?: ThresholdSauvolaOptions) => Image> = dispatchable(
  "filters.thresholdSauvola",
  { on: [0], optionNames: OPTIONS },
  function thresholdSauvola(image: Image, options?: ThresholdSauvolaOptions): Image {
    checkSamples(image);
    const { windowSize, k, r, dtype } = resolveThresholdSauvola(image, options);
    const { mean, deviation } = windowMoments(image, windowSize);
    return rounded(
      mean.map((value, i) => value * (1 + k * (deviation[i]! / r - 1))),
      dtype,
      image,
    );
  },
);
