import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { ONLY_OUT, refuseOptions } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";

/** Options of `transform.integralImage`: `out`, and the dispatcher's. */
export interface IntegralImageOptions extends OutOptions<Image<Float64Array>> {}

/** Checks the arguments of `transform.integralImage`. */
export function resolveIntegralImage(image: ImageHeader, options?: IntegralImageOptions): void {
  refuseOptions("transform.integralImage", options, ONLY_OUT);
  requireOneChannel("transform.integralImage", image);
}

/**
 * The integral image, or summed-area table: scikit-image's `integral_image`. Each sample is the sum of those above and to the left
 * of it, itself included.
 *
 * F. C. Crow, "Summed-area tables for texture mapping", SIGGRAPH (1984).
 *
 * @param image one channel, any dtype.
 * @returns `float64` for every dtype, the same shape. Sums of integers are exact up to 2⁵³, which no image of bytes or 16-bit samples
 * reaches; scikit-image has 64-bit integers there. In main memory also for an image on the GPU, which takes integers only and waits.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const integralImage: Operation<(image: Image, options?: IntegralImageOptions) => Image<Float64Array>> =
  dispatchable(
    "transform.integralImage",
    { on: [0], optionNames: ONLY_OUT },
    function integralImage(image: Image, options?: IntegralImageOptions): Image<Float64Array> {
      checkSamples(image);
      resolveIntegralImage(image, options);
      const { width, height, data } = image;
      const sums = new Float64Array(data.length);
      // Down the columns, then along the rows, as scikit-image adds up.
      for (let i = 0; i < sums.length; i++) sums[i] = data[i]! + (i < width ? 0 : sums[i - width]!);
      for (let i = 0; i < sums.length; i++) if (i % width > 0) sums[i] = sums[i]! + sums[i - 1]!;
      return new Image(sums, { width, height });
    },
  );
