import { neighbours } from "../segmentation/neighbours.ts";

/** What a pixel is that is part of a region only where it is connected to a strong one. */
export const WEAK = 1;
/** What a pixel is that is part of a region by itself. */
export const STRONG = 2;

/** A mask of the strong pixels, and of the weak ones that others of the mask lead to. */
export function connectedToStrong(
  strength: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  connectivity: 1 | 2,
): Uint8Array {
  const mask = strength.map((value) => (value === STRONG ? 1 : 0));
  const pending = [...mask.keys()].filter((pixel) => mask[pixel] === 1);
  const around = neighbours(width, height, connectivity);
  for (let pixel = pending.pop(); pixel !== undefined; pixel = pending.pop()) {
    for (const neighbour of around(pixel)) {
      if (mask[neighbour] === 1 || strength[neighbour] !== WEAK) continue;
      mask[neighbour] = 1;
      pending.push(neighbour);
    }
  }
  return mask;
}
