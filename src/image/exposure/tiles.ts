import { borderIndices } from "../border.ts";
import type { Image } from "../image.ts";
import { roundHalfToEven } from "../round-half-to-even.ts";
import { tileCurve } from "./contrast-limit.ts";
import { extremesOf } from "./extremes.ts";

/** How an image is equalized by its parts. */
export interface TileEqualization {
  /** Of a tile. */
  readonly rows: number;
  /** Of a tile. */
  readonly columns: number;
  /** At most so many pixels of a tile count in a bin. */
  readonly limit: number;
  /** Bins of a tile's histogram. */
  readonly nbins: number;
}

/** The 14-bit level that is greatest. */
export const GREATEST: number = 2 ** 14 - 1;

/** The image from 0 to 1, each pixel by the curves of the four nearest tiles. */
export function equalizedByTiles(image: Image<Uint16Array>, tiles: TileEqualization): Float64Array {
  const { width, height } = image;
  const { binOf } = binning(extremesOf(image.data), tiles.nbins);
  const bins = image.data.map(binOf);
  const down = placesAmong(height, tiles.rows);
  const across = placesAmong(width, tiles.columns);
  const curves = curvesOf(image, bins, tiles);
  const levels = new Uint16Array(bins.length);
  for (const [row, vertical] of down.entries()) {
    for (const [column, horizontal] of across.entries()) {
      const bin = bins[row * width + column]!;
      // scikit-image's precision, which decides where a level is cut.
      let level = 0;
      for (const { tile: above, weight: y } of vertical) {
        for (const { tile: left, weight: x } of horizontal) {
          level = Math.fround(level + Math.fround(curves[above]![left]![bin]! * (x * y)));
        }
      }
      levels[row * width + column] = level;
    }
  }
  return Float64Array.from(levels, stretching(extremesOf(levels)));
}

/** The bins of 16-bit samples, by the least and the greatest of them: samples are 14-bit levels first, from the one to the other. */
export function binning(
  [least, greatest]: readonly [least: number, greatest: number],
  nbins: number,
): { readonly binOf: (sample: number) => number; readonly occupied: number } {
  const width = 1 + Math.floor((GREATEST + 1) / nbins);
  const level = (sample: number): number =>
    least === greatest
      ? Math.min(sample, GREATEST)
      : roundHalfToEven(((sample - least) / (greatest - least)) * GREATEST);
  // Of the bins the first ones; there may be more.
  return { binOf: (sample) => Math.floor(level(sample) / width), occupied: Math.floor(GREATEST / width) + 1 };
}

/** The tiles on either side of each pixel of a line, the nearest ones at its ends, and what they weigh. */
function placesAmong(length: number, side: number): { readonly tile: number; readonly weight: number }[][] {
  const last = Math.ceil(length / side) - 1;
  return Array.from({ length }, (_, i) => {
    const fromCentre = i + Math.floor(side / 2);
    const next = Math.floor(fromCentre / side);
    const weight = (fromCentre % side) / side;
    return [
      { tile: Math.max(next - 1, 0), weight: 1 - weight },
      { tile: Math.min(next, last), weight },
    ];
  });
}

/** The curve of each tile, row by row. */
function curvesOf({ width, height }: Image, bins: Uint16Array, tiles: TileEqualization): Float64Array[][] {
  const { rows, columns, limit, nbins } = tiles;
  const down = mirrored(height, rows);
  const across = mirrored(width, columns);
  return down.map((lines) =>
    across.map((places) => {
      const counts = new Float64Array(nbins);
      for (const row of lines) for (const column of places) counts[bins[row * width + column]!]!++;
      return tileCurve(counts, rows * columns, limit, GREATEST);
    }),
  );
}

/** Where the rows, or the columns, of each tile come from: mirrored beyond the image. */
function mirrored(length: number, side: number): Int32Array[] {
  const indices = borderIndices("mirror", length, side).subarray(side);
  return Array.from({ length: Math.ceil(length / side) }, (_, i) => indices.subarray(i * side, (i + 1) * side));
}

/** Levels from 0 to 1, by the least and the greatest of them; one level by itself is only cut to these. */
export function stretching([least, greatest]: readonly [least: number, greatest: number]): (level: number) => number {
  if (least === greatest) return (level) => Math.min(level, 1);
  return (level) => (level - least) / (greatest - least);
}
