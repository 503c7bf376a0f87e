import { ImageError } from "../errors.ts";
import { Image } from "../image.ts";
import { display, OptionReader } from "../options.ts";

/** Options of `morphology.disk`. */
export interface DiskOptions {
  /** False: the radius counts half a pixel more, which fills the corners of the disc a little. Default true. */
  strictRadius?: boolean;
}

/** Larger footprints are refused: a slip in a radius, and memory for millions of cells. */
const MAX_SIDE = 8191;

/**
 * A rectangular footprint, every cell of which counts: scikit-image's `footprint_rectangle`.
 *
 * @param shape the number of rows and columns, from 1 to 8191; one number for a square.
 * @returns a `uint8` image of ones.
 * @throws ImageError `ERR_IMAGE_OPTION`.
 */
export function footprintRectangle(shape: number | readonly [rows: number, columns: number]): Image<Uint8Array> {
  const sides: readonly unknown[] = Array.isArray(shape) ? [...shape] : [shape, shape];
  const [height, width] = sides;
  if (sides.length !== 2 || !isWhole(height, 1, MAX_SIDE) || !isWhole(width, 1, MAX_SIDE)) {
    const expected = `a whole number from 1 to ${MAX_SIDE}, or two of them: [rows, columns]`;
    const problem = `shape is ${display(shape)}; expected ${expected}`;
    throw new ImageError("ERR_IMAGE_OPTION", `morphology.footprintRectangle: ${problem}`);
  }
  return new Image(new Uint8Array(height * width).fill(1), { height, width });
}

/**
 * A disc as a footprint: the cells whose centres lie no further than `radius` from that of the middle one. scikit-image's
 * `disk`.
 *
 * @param radius in pixels, a whole number from 0 to 4095.
 * @returns a `uint8` image of 0 and 1, `2 · radius + 1` on each side.
 * @throws ImageError `ERR_IMAGE_OPTION`.
 */
export function disk(radius: number, options?: DiskOptions): Image<Uint8Array> {
  const read = new OptionReader("morphology.disk", options, ["strictRadius"], false);
  const reach = read.boolean("strictRadius", true) ? radius : radius + 0.5;
  return around("morphology.disk", radius, (row, column) => row * row + column * column <= reach * reach);
}

/**
 * A diamond as a footprint: the cells that lie no more than `radius` steps to a side neighbour from the middle one.
 * scikit-image's `diamond`.
 *
 * @param radius in pixels, a whole number from 0 to 4095.
 * @returns a `uint8` image of 0 and 1, `2 · radius + 1` on each side.
 * @throws ImageError `ERR_IMAGE_OPTION`.
 */
export function diamond(radius: number): Image<Uint8Array> {
  return around("morphology.diamond", radius, (row, column) => Math.abs(row) + Math.abs(column) <= radius);
}

/** The footprint of the cells that belong to it, counted from the middle. */
function around(name: string, radius: unknown, belongs: (row: number, column: number) => boolean): Image<Uint8Array> {
  const most = (MAX_SIDE - 1) / 2;
  if (!isWhole(radius, 0, most)) {
    const problem = `radius is ${display(radius)}; expected a whole number from 0 to ${most}`;
    throw new ImageError("ERR_IMAGE_OPTION", `${name}: ${problem}`);
  }
  const side = 2 * radius + 1;
  const cells = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      cells[row * side + column] = belongs(row - radius, column - radius) ? 1 : 0;
    }
  }
  return new Image(cells, { height: side, width: side });
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}
