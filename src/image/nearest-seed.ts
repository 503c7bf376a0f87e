import type { ImageHeader } from "./header.ts";
import type { Spacing } from "./spacing.ts";

/** What {@link nearestSeeds} finds. */
export interface NearestSeeds {
  /** For every pixel, row by row, the place of the nearest seed; -1 where there is none. */
  readonly places: Int32Array;
  /** How far away it is; infinite where there is none. */
  readonly distances: Float64Array;
}

/**
 * The nearest of some pixels to each, of those no further away than `furthest`. Of several at the same distance it is that in the lowest
 * column, and in that column the uppermost, as in SciPy's `distance_transform_edt`; a rounded spacing may tell them apart.
 *
 * Along the columns first, then along the rows: T. Saito, J. Toriwaki, "New algorithms for Euclidean distance transformation of an
 * n-dimensional digitized picture with applications", Pattern Recognition 27, 1994.
 */
export function nearestSeeds(
  isSeed: Uint8Array,
  { width, height }: ImageHeader,
  spacing: Spacing,
  furthest: number = Infinity,
): NearestSeeds {
  const rows = nearestInColumn(isSeed, width, height);
  const places = new Int32Array(isSeed.length).fill(-1);
  const distances = new Float64Array(isSeed.length);
  for (let i = 0; i < places.length; i++) {
    const [row, column] = [Math.floor(i / width), i % width];
    let least = Infinity;
    const look = (c: number, limit: (squared: number) => boolean): void => {
      const seed = c >= 0 && c < width ? rows[row * width + c]! : -1;
      if (seed < 0) return;
      const squared = ((seed - row) * spacing[0]) ** 2 + ((c - column) * spacing[1]) ** 2;
      if (limit(squared)) [least, places[i]] = [squared, seed * width + c];
    };
    for (let away = 0; away < width && away * spacing[1] <= furthest; away++) {
      if ((away * spacing[1]) ** 2 > least) break;
      look(column - away, (squared) => squared <= least);
      look(column + away, (squared) => squared < least);
    }
    distances[i] = Math.sqrt(least);
    if (distances[i]! > furthest) [places[i], distances[i]] = [-1, Infinity];
  }
  return { places, distances };
}

/** For every pixel the row of the nearest seed in its column, the upper of two; -1 where the column has none. */
function nearestInColumn(isSeed: Uint8Array, width: number, height: number): Int32Array {
  const nearest = new Int32Array(isSeed.length).fill(-1);
  for (let i = 0; i < isSeed.length; i++) {
    nearest[i] = isSeed[i] !== 0 ? Math.floor(i / width) : i >= width ? nearest[i - width]! : -1;
  }
  for (let i = width * (height - 1) - 1; i >= 0; i--) {
    const [row, above, below] = [Math.floor(i / width), nearest[i]!, nearest[i + width]!];
    if (above < 0 || (below > row && below - row < row - above)) nearest[i] = below;
  }
  return nearest;
}
