// Medians of the neighbours inside the image, as scikit-image's `filters.rank` takes them.
import { footprintOffsets, type ResolvedFootprint } from "../footprint.ts";
import type { Image, Samples } from "../image.ts";

/** An image of levels: bytes and 16 bits. */
export type Levels = Image<Uint8Array> | Image<Uint16Array>;

/** The image itself where it is one of levels, else `null`. */
export function levelsOf(image: Image): Levels | null {
  return image.dtype === "uint8" || image.dtype === "uint16" ? (image as Levels) : null;
}

/** Gives the median of the neighbours of a pixel that lie inside the image: the upper one of two in the middle, 0 where there are none. */
export function rankMedian(
  { data, width, height }: Levels,
  footprint: ResolvedFootprint,
): (row: number, column: number) => number {
  const offsets = footprintOffsets(footprint);
  const neighbours = new Uint16Array(offsets.length);
  return (row, column) => {
    let count = 0;
    for (const [down, right] of offsets) {
      const [r, c] = [row + down, column + right];
      if (r >= 0 && r < height && c >= 0 && c < width) neighbours[count++] = data[r * width + c]!;
    }
    return count === 0 ? 0 : neighbours.subarray(0, count).sort()[count >> 1]!;
  };
}

/** Puts the medians of pixels with neighbours beyond the edge into `medians`, which others may be in. */
export function rankMedianAtEdges(image: Levels, footprint: ResolvedFootprint, medians: Samples): void {
  const { width, height } = image;
  const medianAt = rankMedian(image, footprint);
  const [above, before] = [footprint.height >> 1, footprint.width >> 1];
  const [below, after] = [footprint.height - 1 - above, footprint.width - 1 - before];
  for (let row = 0; row < height; row++) {
    const inside = row >= above && row < height - below;
    for (let column = 0; column < width; column++) {
      // Past those that have all of their neighbours.
      if (inside && column === before) column = Math.max(column, width - after);
      if (column < width) medians[row * width + column] = medianAt(row, column);
    }
  }
}
