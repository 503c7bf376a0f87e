import { checkSamples, Image } from "./image.ts";
import type { OptionReader } from "./options.ts";

/**
 * Which neighbours of a pixel count, as callers say it: rows of cells, or an 8-bit image of one channel. What is neither
 * 0 nor false counts. The pixel itself lies in the middle, beyond it where a side is even: at ⌊side / 2⌋, as in SciPy.
 */
export type Footprint = Image<Uint8Array> | readonly (readonly (number | boolean)[])[];

/** A footprint, checked. */
export interface ResolvedFootprint {
  readonly height: number;
  readonly width: number;
  /** 1 for each cell that counts, else 0, row by row. The caller's memory is not kept. */
  readonly cells: Uint8Array;
  /** How many cells count; at least 1. */
  readonly count: number;
}

/**
 * The footprint that an option holds; `null` where it is missing or `null`, which stand for the operation's default.
 *
 * @throws ImageError `ERR_IMAGE_OPTION` for anything but a footprint, and for one in which no cell counts;
 * `ERR_IMAGE_BUFFER`.
 */
export function readFootprint(read: OptionReader, name: string = "footprint"): ResolvedFootprint | null {
  const given = read.value(name);
  if (given === undefined || given === null) return null;
  const footprint = given instanceof Image ? ofImage(given) : ofRows(given);
  if (footprint !== null && footprint.count > 0) return footprint;
  const expected =
    "rows of equal length of 0 and 1, or a uint8 image of one channel, with at least one cell that is not 0";
  throw read.invalid(name, given, expected);
}

/** A footprint of this size in which every cell counts. */
export function fullFootprint(height: number, width: number): ResolvedFootprint {
  return counted(height, width, new Uint8Array(height * width).fill(1));
}

/** The way from a pixel, which lies in the middle unless at `center`, to each neighbour that counts, row by row. */
export function footprintOffsets(
  { height, width, cells }: ResolvedFootprint,
  [row, column]: readonly [row: number, column: number] = [height >> 1, width >> 1],
): [row: number, column: number][] {
  const offsets: [number, number][] = [];
  cells.forEach((counts, i) => {
    if (counts) offsets.push([Math.floor(i / width) - row, (i % width) - column]);
  });
  return offsets;
}

function ofImage(image: Image): ResolvedFootprint | null {
  checkSamples(image);
  const { data, height, width, channels } = image;
  if (!(data instanceof Uint8Array) || channels !== 1) return null;
  return counted(
    height,
    width,
    data.map((sample) => (sample === 0 ? 0 : 1)),
  );
}

function ofRows(value: unknown): ResolvedFootprint | null {
  if (!Array.isArray(value) || ![...value].every((row) => Array.isArray(row))) return null;
  const rows = value as readonly (readonly unknown[])[];
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.some((row) => row.length !== width)) return null;
  // Copies row by row: a hole becomes undefined, which is no cell.
  const cells = rows.flatMap((row) => [...row]);
  if (!cells.every(isCell)) return null;
  return counted(
    rows.length,
    width,
    Uint8Array.from(cells, (cell) => (cell ? 1 : 0)),
  );
}

function isCell(cell: unknown): boolean {
  return typeof cell === "boolean" || (typeof cell === "number" && !Number.isNaN(cell));
}

function counted(height: number, width: number, cells: Uint8Array): ResolvedFootprint {
  return { height, width, cells, count: cells.reduce((sum, cell) => sum + cell, 0) };
}
