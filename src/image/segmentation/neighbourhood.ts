import { fullFootprint, footprintOffsets, readFootprint, type ResolvedFootprint } from "../footprint.ts";
import { display, type OptionReader } from "../options.ts";
import { adjacent, type Offsets } from "./neighbours.ts";

/**
 * Which pixels are neighbours, by the options `connectivity` and `offset`: 1 or 2 where they share an edge or a corner, else the ways to
 * them, the nearest ones first, those that are equally near in raster order. No pixel is its own neighbour.
 *
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER` for a footprint in memory that is gone.
 */
export function readNeighbourhood(read: OptionReader): 1 | 2 | Offsets {
  const given = read.value("connectivity") ?? 1;
  const footprint = given === 1 || given === 2 ? adjacentCells(given) : ownCells(read, given);
  const offsets = footprintOffsets(footprint, readCenter(read, footprint)).filter(([down, right]) => down || right);
  const ordered = offsets.toSorted((a, b) => Math.hypot(...a) - Math.hypot(...b));
  return ([1, 2] as const).find((connectivity) => String(adjacent(connectivity)) === String(ordered)) ?? ordered;
}

function adjacentCells(connectivity: 1 | 2): ResolvedFootprint {
  const square = fullFootprint(3, 3);
  return connectivity === 2 ? square : { ...square, cells: square.cells.map((_, i) => (i === 4 || i % 2 ? 1 : 0)) };
}

function ownCells(read: OptionReader, given: unknown): ResolvedFootprint {
  if (typeof given !== "object") throw read.invalid("connectivity", given, "1, 2 or a footprint");
  return readFootprint(read, "connectivity")!;
}

function readCenter(read: OptionReader, { height, width }: ResolvedFootprint): readonly [number, number] | undefined {
  const offset = read.value("offset") ?? null;
  const hasMiddle = height % 2 === 1 && width % 2 === 1;
  if (offset === null && hasMiddle) return undefined;
  const [row, column]: unknown[] = Array.isArray(offset) && offset.length === 2 ? [...(offset as unknown[])] : [];
  if (isIndex(row, height) && isIndex(column, width)) return [row, column];
  const cells = `${height} × ${width}`;
  throw read.error(
    `option offset is ${display(offset)}; expected the [row, column] of a cell of connectivity's ${cells}${hasMiddle ? ", or null" : ", which has no middle"}`,
  );
}

function isIndex(value: unknown, end: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < end;
}
