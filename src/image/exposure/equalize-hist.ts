import { ImageError } from "../errors.ts";
import type { GpuImage } from "../gpu-image.ts";
import { type ImageHeader, requireOneChannel, requireSameSize } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, rounded } from "../intensity.ts";
import { type IsMask, readMask } from "../mask.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { floatHistogram, type Histogram, levelHistogram } from "./bins.ts";
import { interpolated, lastNotAbove } from "./interpolation.ts";

/** Options of `exposure.equalizeHist`. */
export interface EqualizeHistOptions extends OutOptions {
  /** Bins for float images, at least 1; integer images have one bin per level. Default 256. */
  nbins?: number;
  /**
   * Other than 0 at the pixels whose histogram it is; all others get the share of these that are not above them. One channel, the
   * image's size; for images on the GPU it may lie there too. Default, or `null`: all pixels.
   */
  mask?: Image | GpuImage | null;
}

/** What `exposure.equalizeHist` is to do, checked and with defaults. */
export interface ResolvedEqualizeHist<M = Image> {
  readonly nbins: number;
  readonly mask: M | null;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPTIONS: readonly string[] = ["nbins", "mask", "out"];

/** Checks the arguments of `exposure.equalizeHist` and applies the defaults. */
export function resolveEqualizeHist<M extends ImageHeader = Image>(
  image: ImageHeader,
  options?: EqualizeHistOptions,
  isMask?: IsMask<M>,
): ResolvedEqualizeHist<M> {
  const read = new OptionReader("exposure.equalizeHist", options, OPTIONS);
  const nbins = read.integer("nbins", 256, 1, 1 << 24);
  requireOneChannel("exposure.equalizeHist", image);
  const mask = readMask(read, isMask);
  if (mask) requireSameSize("exposure.equalizeHist", mask, image, "mask", "image");
  return { nbins, mask, dtype: floatDType(image.dtype) };
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
 * @throws ImageError `ERR_IMAGE_VALUE` for a mask without pixels, a float image with NaN or infinite samples, or with a range too narrow for
 * `nbins` distinct bins or too wide for its dtype, where the mask lets them be; `ERR_IMAGE_SHAPE` for several channels or a mask of another size, `ERR_IMAGE_OPTION`,
 * `ERR_IMAGE_BUFFER`.
 */
export const equalizeHist: Operation<(image: Image, options?: EqualizeHistOptions) => Image> = dispatchable(
  "exposure.equalizeHist",
  { on: [0], optionNames: OPTIONS },
  function equalizeHist(image: Image, options?: EqualizeHistOptions): Image {
    checkSamples(image);
    const { nbins, mask, dtype } = resolveEqualizeHist(image, options);
    const data = mask ? image.data.filter((_, i) => mask.data[i] !== 0) : image.data;
    if (data.length === 0)
      throw new ImageError("ERR_IMAGE_VALUE", "exposure.equalizeHist: mask is 0 everywhere; expected other samples");
    const isFloat = data instanceof Float32Array || data instanceof Float64Array;
    const histogram = isFloat ? floatHistogram(data, nbins) : levelHistogram(data);
    if (typeof histogram === "string") throw new ImageError("ERR_IMAGE_VALUE", `exposure.equalizeHist: ${histogram}`);
    const shares = sharesUpTo(histogram, data.length);
    // Levels between those that occur have bins too, empty ones.
    const equalized = Float64Array.from(image.data, (sample) =>
      isFloat
        ? interpolated(sample, histogram.binCenters, shares)
        : shares[lastNotAbove(histogram.binCenters, sample)]!,
    );
    return rounded(equalized, dtype, image);
  },
);

/** The share of samples in each bin and those before it. */
export function sharesUpTo({ counts }: Histogram, samples: number): Float64Array {
  let total = 0;
  return Float64Array.from(counts, (count) => (total += count) / samples);
}
