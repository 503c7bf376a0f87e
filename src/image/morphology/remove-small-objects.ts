import { checkSamples, Image } from "../image.ts";
import { numberRegions } from "../measure/label.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { requireLabels, resolveSmall } from "./small-options.ts";

/** Options of `morphology.removeSmallObjects`. */
export interface RemoveSmallObjectsOptions extends OutOptions {
  /** The most pixels of an object that goes. Default 64. */
  maxSize?: number;
  /** @deprecated `maxSize`; objects of this size stay, smaller ones go. */
  minSize?: number;
  /** Of a mask, 1 (default): neighbours share an edge; 2: an edge or a corner. */
  connectivity?: 1 | 2;
}

const OPTIONS: readonly string[] = ["maxSize", "minSize", "connectivity", "out"];

/**
 * The image without its small objects, which become 0: scikit-image's `remove_small_objects`.
 *
 * The objects of a `uint8` mask are the connected regions of what is not 0. Those of labels, `uint16` or `int32`, are the
 * pixels of one label, wherever they lie; `connectivity` does not matter then.
 *
 * @param image one channel: a `uint8` mask, or `uint16` or `int32` labels.
 * @returns the same shape and dtype.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_DTYPE` for floats, `ERR_IMAGE_VALUE` for labels below 0,
 * `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const removeSmallObjects: Operation<(image: Image, options?: RemoveSmallObjectsOptions) => Image> = dispatchable(
  "morphology.removeSmallObjects",
  { on: [0], optionNames: OPTIONS },
  function removeSmallObjects(image: Image, options?: RemoveSmallObjectsOptions): Image {
    checkSamples(image);
    const { keptSize, connectivity } = resolveSmall("morphology.removeSmallObjects", "minSize", image, options);
    const objects =
      image.dtype === "uint8"
        ? numberRegions(image.data.map(isForeground), image, 0, connectivity)
        : (image.data as Uint16Array | Int32Array);
    const sizes = new Map<number, number>();
    for (const object of objects) {
      requireLabels("morphology.removeSmallObjects", object);
      sizes.set(object, (sizes.get(object) ?? 0) + 1);
    }
    const result = new Image(image.data.slice(), image);
    objects.forEach((object, i) => {
      if (sizes.get(object)! < keptSize) result.data[i] = 0;
    });
    return result;
  },
);

function isForeground(sample: number): number {
  return sample === 0 ? 0 : 1;
}
