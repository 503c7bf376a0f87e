import { checkSamples, Image } from "../image.ts";
import { numberRegions } from "../measure/label.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { resolveSmall } from "./small-options.ts";

/** Options of `morphology.removeSmallHoles`. */
export interface RemoveSmallHolesOptions extends OutOptions<Image<Uint8Array>> {
  /** The most pixels of a hole that is filled. Default 64. */
  maxSize?: number;
  /** @deprecated `maxSize`; holes of this size stay, smaller ones are filled. */
  areaThreshold?: number;
  /** 1 (default): neighbours within a hole share an edge; 2: an edge or a corner. */
  connectivity?: 1 | 2;
}

const OPTIONS: readonly string[] = ["maxSize", "areaThreshold", "connectivity", "out"];

/**
 * A mask whose small holes, connected regions of 0, are filled: scikit-image's `remove_small_holes`. Those at the edge of the
 * image are holes too.
 *
 * @param image one channel of `uint8`, `uint16` or `int32`: a mask, or labels, which are lost.
 * @returns a `uint8` mask of 0 and 1, the same shape.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_DTYPE` for floats, `ERR_IMAGE_OPTION`,
 * `ERR_IMAGE_BUFFER`.
 */
export const removeSmallHoles: Operation<(image: Image, options?: RemoveSmallHolesOptions) => Image<Uint8Array>> =
  dispatchable(
    "morphology.removeSmallHoles",
    { on: [0], optionNames: OPTIONS },
    function removeSmallHoles(image: Image, options?: RemoveSmallHolesOptions): Image<Uint8Array> {
      checkSamples(image);
      const { keptSize, connectivity } = resolveSmall("morphology.removeSmallHoles", "areaThreshold", image, options);
      const empty = Uint8Array.from(image.data, (sample) => (sample === 0 ? 1 : 0));
      const holes = numberRegions(empty, image, 0, connectivity);
      const sizes = new Map<number, number>();
      for (const hole of holes) sizes.set(hole, (sizes.get(hole) ?? 0) + 1);
      const mask = Uint8Array.from(holes, (hole) => (hole === 0 || sizes.get(hole)! < keptSize ? 1 : 0));
      return new Image(mask, { width: image.width, height: image.height });
    },
  );
