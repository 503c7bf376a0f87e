import { type ImageHeader, requireSameSize } from "../header.ts";
import type { Image } from "../image.ts";
import { type IsMask, readMask } from "../mask.ts";
import type { OptionReader } from "../options.ts";

/** The option `mask` of an edge filter: `null`, or of the size of the image. */
export function readEdgeMask<M extends ImageHeader = Image>(
  operation: string,
  read: OptionReader,
  image: ImageHeader,
  isMask?: IsMask<M>,
): M | null {
  const mask = readMask(read, isMask);
  if (mask) requireSameSize(operation, mask, image, "mask", "image");
  return mask;
}

/**
 * Takes edges to 0 wherever the mask has a 0 among the nine pixels about them, and at the border of the image; as in scikit-image by a
 * multiplication, which leaves NaN.
 */
export function clipEdges(edges: Image, mask: Image | null): void {
  if (mask === null) return;
  const { width, height, data } = edges;
  const inside = (row: number, column: number): boolean => {
    if (row === 0 || column === 0 || row === height - 1 || column === width - 1) return false;
    for (const beside of [(row - 1) * width, row * width, (row + 1) * width]) {
      for (let at = beside + column - 1; at <= beside + column + 1; at++) if (mask.data[at] === 0) return false;
    }
    return true;
  };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!inside(row, column)) data[row * width + column]! *= 0;
    }
  }
}
