import type * as OpenCv from "@techstark/opencv-js";
import type { Image } from "tagswitch/image";

/** Starts OpenCV, once per process; later calls get the same. `opencv:Mat` is the `Mat` of this one. */
export declare function start(): Promise<typeof OpenCv>;

/**
 * OpenCV, which must have been started.
 *
 * @throws Error if it has not.
 */
export declare function opencv(): typeof OpenCv;

/**
 * A matrix with a copy of the samples; `delete()` frees it.
 *
 * @param image of at most 4 channels.
 * @throws ImageError `ERR_IMAGE_SHAPE`.
 */
export declare function fromImage(image: Image): OpenCv.Mat;

/**
 * An image with a copy of the samples.
 *
 * @param mat left as it is.
 * @throws TypeError for depths that images lack.
 */
export declare function toImage(mat: OpenCv.Mat): Image;

declare module "tagswitch/image" {
  interface ImagesElsewhere {
    opencv: OpenCv.Mat;
  }
}
