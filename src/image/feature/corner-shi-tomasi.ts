import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { rounded } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { eigenvaluesAt } from "./eigenvalues.ts";
import type { ResolvedMatrix } from "./matrix-elements.ts";
import { resolveTensor, tensorOf } from "./structure-tensor.ts";

/** Options of `feature.cornerShiTomasi`. */
export interface CornerShiTomasiOptions extends OutOptions {
  /** Standard deviation of the Gaussian in pixels, or one for rows and one for columns. Default 1. */
  sigma?: number | readonly [row: number, column: number];
}

const OPTIONS: readonly string[] = ["sigma", "out"];

/** Checks the arguments of `feature.cornerShiTomasi` and applies the defaults. */
export function resolveCornerShiTomasi(image: ImageHeader, options?: CornerShiTomasiOptions): ResolvedMatrix {
  const read = new OptionReader("feature.cornerShiTomasi", options, OPTIONS);
  return resolveTensor("feature.cornerShiTomasi", read, image);
}

/**
 * How much each pixel is a corner, by Shi and Tomasi: scikit-image's `corner_shi_tomasi`.
 *
 * The smaller eigenvalue of the structure tensor with zeros beyond the edge (`feature.structureTensor`). J. Shi and C. Tomasi, "Good
 * features to track", IEEE Conference on Computer Vision and Pattern Recognition, 1994.
 *
 * @param image one channel, any dtype; integers become intensities first.
 * @returns the same shape, at least 0 but for rounding; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT` for a kernel radius above
 * 65535, `ERR_IMAGE_BUFFER`.
 */
export const cornerShiTomasi: Operation<(image: Image, options?: CornerShiTomasiOptions) => Image> = dispatchable(
  "feature.cornerShiTomasi",
  { on: [0], optionNames: OPTIONS },
  function cornerShiTomasi(image: Image, options?: CornerShiTomasiOptions): Image {
    checkSamples(image);
    const resolved = resolveCornerShiTomasi(image, options);
    const [rr, rc, cc] = tensorOf(image, resolved);
    const response = rr.map((first, i) => eigenvaluesAt(first, rc[i]!, cc[i]!)[1]);
    return rounded(response, resolved.dtype, { width: image.width, height: image.height });
  },
);
