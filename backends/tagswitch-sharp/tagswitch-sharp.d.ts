import type { Image } from "tagswitch/image";
import type { Sharp } from "sharp";

/**
 * The picture that a pipeline makes: 16 bits where its input has them, else 8; grey where its input is.
 *
 * @param picture left as it is.
 * @throws ImageError `ERR_IMAGE_DTYPE` for one that reads floats, of which sharp keeps 8 bits.
 */
export declare function toImage(picture: Sharp): Promise<Image<Uint8Array> | Image<Uint16Array>>;

/**
 * A pipeline that reads an image. Integers keep their bits; intensities become 16 bits, 1 being 65535.
 *
 * @param image of at most 4 channels; not to be changed before the pipeline has run.
 * @throws ImageError `ERR_IMAGE_DTYPE` for `int32`, `ERR_IMAGE_VALUE` for floats outside 0 to 1, `ERR_IMAGE_SHAPE`.
 */
export declare function fromImage(image: Image): Sharp;

declare module "tagswitch/image" {
  interface ImagesElsewhere {
    sharp: Sharp;
  }
}
