// Only types, checked by `tsc -p backends`: operations take the images of these packages, and answer in kind.
import type { Mat } from "@techstark/opencv-js";
import type { Sharp } from "sharp";
import { color, filters, type Image, measure } from "tagswitch/image";
import "tagswitch-opencv";
import "tagswitch-sharp";

/** Never called. */
export async function answers(image: Image, mat: Mat, picture: Sharp): Promise<readonly unknown[]> {
  return [
    filters.gaussian(image) satisfies Image,
    filters.gaussian(mat, { sigma: 2 }) satisfies Mat,
    (await filters.gaussian.async(picture, { sigma: 2 })) satisfies Sharp,
    filters.thresholdOtsu(mat) satisfies number,
    color.label2rgb(measure.label(mat), null) satisfies Mat,
    // @ts-expect-error: a matrix is not answered with an image.
    filters.gaussian(mat) satisfies Image,
    // @ts-expect-error: nobody has merged strings in.
    filters.gaussian("picture"),
  ];
}
