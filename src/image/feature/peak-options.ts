// What the functions that find peaks have in common.
import { type Footprint, fullFootprint, readFootprint, type ResolvedFootprint } from "../footprint.ts";
import { type ImageHeader, requireIntegers, requireOneChannel, requireSameSize } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import type { OptionReader } from "../options.ts";
import type { DispatchOptions } from "../system.ts";

/** Where a peak is. */
export type Peak = [row: number, column: number];

/** Options of the functions that find peaks. */
export interface PeakOptions extends DispatchOptions {
  /** How far apart peaks are at least, in pixels; the side of the window is twice that and 1. Default 1. */
  minDistance?: number;
  /** Peaks are above it. Default `null`: the least sample. */
  thresholdAbs?: number | null;
  /** Peaks are above so much of the greatest sample. Default `null`: does not matter. */
  thresholdRel?: number | null;
  /** So many pixels at the border are left out, or rows and columns; `true`: `minDistance` of them. Default true. */
  excludeBorder?: boolean | number | readonly [row: number, column: number];
  /** At most so many, the greatest ones. Default `Infinity`. */
  numPeaks?: number;
  /** Which neighbours a peak is not below. Default `null`: all as near as `minDistance`, those at corners too. */
  footprint?: Footprint | null;
  /** Regions, in each of which peaks are found by themselves; one channel of integers of the same size, background 0. Default `null`. */
  labels?: Image | null;
  /** At most so many in each region. Default `Infinity`. */
  numPeaksPerLabel?: number;
  /** Distances are √(row^p + column^p) with the p-th root: 1 to `Infinity`, the greater of both. Default `Infinity`. */
  pNorm?: number;
}

/** What a function that finds peaks is to do, checked and with defaults. */
export interface ResolvedPeaks {
  readonly minDistance: number;
  readonly thresholdAbs: number | null;
  readonly thresholdRel: number | null;
  readonly excluded: readonly [rows: number, columns: number];
  readonly numPeaks: number;
  readonly footprint: ResolvedFootprint;
  readonly labels: Image | null;
  readonly numPeaksPerLabel: number;
  readonly pNorm: number;
}

/** Names of these options. */
export const PEAK_OPTIONS: readonly string[] = [
  "minDistance",
  "thresholdAbs",
  "thresholdRel",
  "excludeBorder",
  "numPeaks",
  "footprint",
  "labels",
  "numPeaksPerLabel",
  "pNorm",
];

/** Checks the arguments of a function that finds peaks and applies the defaults. */
export function readPeaks(operation: string, read: OptionReader, image: ImageHeader): ResolvedPeaks {
  const minDistance = read.integer("minDistance", 1, 0);
  const thresholdAbs = orNull(read, "thresholdAbs");
  const thresholdRel = orNull(read, "thresholdRel");
  const excluded = readBorder(read, minDistance);
  const numPeaks = countOf(read, "numPeaks");
  const given = readFootprint(read);
  const labels = readLabels(operation, read, image);
  const numPeaksPerLabel = countOf(read, "numPeaksPerLabel");
  const pNorm = readNorm(read);
  requireOneChannel(operation, image);
  const footprint = withMiddle(given ?? squareWithin(image, minDistance));
  const thresholds = { thresholdAbs, thresholdRel };
  return { minDistance, ...thresholds, excluded, numPeaks, footprint, labels, numPeaksPerLabel, pNorm };
}

/** The neighbours that are as near; what reaches beyond every pixel of the image is left out. */
function squareWithin({ width, height }: ImageHeader, distance: number): ResolvedFootprint {
  return fullFootprint(2 * Math.min(distance, height - 1) + 1, 2 * Math.min(distance, width - 1) + 1);
}

/** An even side gets an empty row or column after its last one: the pixel then lies in the middle, where SciPy has it. */
function withMiddle({ height, width, cells, count }: ResolvedFootprint): ResolvedFootprint {
  if (height % 2 === 1 && width % 2 === 1) return { height, width, cells, count };
  const [rows, columns] = [height | 1, width | 1];
  const wider = new Uint8Array(rows * columns);
  for (let row = 0; row < height; row++) wider.set(cells.subarray(row * width, (row + 1) * width), row * columns);
  return { height: rows, width: columns, cells: wider, count };
}

function orNull(read: OptionReader, name: string): number | null {
  return read.value(name) === null || read.value(name) === undefined ? null : read.number(name, 0);
}

function countOf(read: OptionReader, name: string): number {
  const given = read.value(name) ?? Infinity;
  if (given === Infinity || (Number.isSafeInteger(given) && (given as number) >= 1)) return given as number;
  throw read.invalid(name, given, "a whole number of at least 1, or Infinity");
}

function readNorm(read: OptionReader): number {
  const given = read.value("pNorm") ?? Infinity;
  if (typeof given === "number" && given >= 1) return given;
  throw read.invalid("pNorm", given, "a number of at least 1");
}

function readBorder(read: OptionReader, minDistance: number): readonly [rows: number, columns: number] {
  const given = read.value("excludeBorder") ?? true;
  if (typeof given === "boolean") return given ? [minDistance, minDistance] : [0, 0];
  const pair: unknown[] = Array.isArray(given) ? [...(given as unknown[])] : [given, given];
  if (pair.length === 2 && pair.every((width) => Number.isSafeInteger(width) && (width as number) >= 0)) {
    return pair as [number, number];
  }
  throw read.invalid(
    "excludeBorder",
    given,
    "true, false, a whole number of at least 0, or two of them: [row, column]",
  );
}

function readLabels(operation: string, read: OptionReader, image: ImageHeader): Image | null {
  const labels = read.value("labels") ?? null;
  if (labels === null) return null;
  if (!(labels instanceof Image)) throw read.invalid("labels", labels, "an Image or null");
  checkSamples(labels);
  requireOneChannel(operation, labels, "labels");
  requireIntegers(operation, labels, "labels");
  requireSameSize(operation, labels, image, "labels", "image");
  return labels;
}
