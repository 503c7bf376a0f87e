import { ImageError } from "../errors.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, rounded } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { floatHistogram, type Histogram, levelHistogram } from "./bins.ts";
import { interpolated } from "./interpolation.ts";

/** Options of `exposure.equalizeHist`. */
export interface EqualizeHistOptions extends OutOptions {
  /** Bins for float images, at least 1; integer images have one bin per level. Default 256. */
  nbins?: number;
}

/** What `exposure.equalizeHist` is to do, checked and with defaults. */
export interface ResolvedEqualizeHist {
  readonly nbins: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPTIONS: readonly string[] = ["nbins", "out"];

/** Checks the arguments of `exposure.equalizeHist` and applies the defaults. */
export function resolveEqualizeHist(image: ImageHeader, options?: EqualizeHistOptions): ResolvedEqualizeHist {
  const read = new OptionReader("exposure.equalizeHist", options, OPTIONS);
  const nbins = read.integer("nbins", 256, 1, 1 << 24);
  requireOneChannel("exposure.equalizeHist", image);
  return { nbins, dtype: floatDType(image.dtype) };
}

/**
 * An image in which all intensities are equally frequent, as far as that can be: scikit-image's `equalize_hist`.
 *
 * A sample becomes the share of samples that are not above it. For float images that share is known at the centres of the
 * bins, and interpolated between them.
 *
 * Source: R. C. Gonzalez, R. E. Woods, "Digital Image Processing", histogram equalization.
 *
 * @param image one channel, any dtype.
 * @returns one channel, in [0, 1]; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_VALUE` for a float image with NaN or infinite samples, or with a range too narrow for
 * `nbins` distinct bins or too wide for its dtype; `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`,
 * `ERR_IMAGE_BUFFER`.
 */
export const equalizeHist: Operation<(image: Image, options?: EqualizeHistOptions) => Image> = dispatchable(
  "exposure.equalizeHist",
  { on: [0], optionNames: OPTIONS },
  function equalizeHist(image: Image, options?: EqualizeHistOptions): Image {
    checkSamples(image);
    const { nbins, dtype } = resolveEqualizeHist(image, options);
    const { data } = image;
    const isFloat = data instanceof Float32Array || data instanceof Float64Array;
    const histogram = isFloat ? floatHistogram(data, nbins) : levelHistogram(data);
    if (typeof histogram === "string") throw new ImageError("ERR_IMAGE_VALUE", `exposure.equalizeHist: ${histogram}`);
    const shares = sharesUpTo(histogram, data.length);
    const equalized = Float64Array.from(data, (sample) => interpolated(sample, histogram.binCenters, shares));
    return rounded(equalized, dtype, image);
  },
);

/** The share of samples in each bin and those before it. */
export function sharesUpTo({ counts }: Histogram, samples: number): Float64Array {
  let total = 0;
  return Float64Array.from(counts, (count) => (total += count) / samples);
}
