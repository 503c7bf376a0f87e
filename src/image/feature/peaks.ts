// How peaks are found.
import { Image, SAMPLE_ARRAYS } from "../image.ts";
import { dilated } from "../morphology/neighbourhood.ts";
import type { Peak, ResolvedPeaks } from "./peak-options.ts";
import { spaced, within } from "./spacing.ts";

/** A part of the image, and which of its pixels belong to a region. */
interface Region {
  readonly top: number;
  readonly left: number;
  readonly image: Image;
  readonly mask: Uint8Array;
}

/** The peaks of an image, the greatest first; of labelled regions one region after the other. */
export function findPeaks(image: Image, resolved: ResolvedPeaks): Peak[] {
  const { labels, numPeaks, numPeaksPerLabel, excluded } = resolved;
  const threshold = thresholdOf(image, resolved);
  if (labels === null) {
    const inside = candidates(image, null, threshold, resolved).filter(
      ([row, column]) => isWithin(row, image.height, excluded[0]) && isWithin(column, image.width, excluded[1]),
    );
    return select(image, inside, resolved, numPeaks);
  }
  const peaks = regionsOf(image, labels, excluded).flatMap((region) => {
    const found = candidates(region.image, region.mask, threshold, resolved);
    const chosen = select(region.image, found, resolved, numPeaksPerLabel);
    return chosen.map(([row, column]): Peak => [row + region.top, column + region.left]);
  });
  if (peaks.length <= numPeaks) return peaks;
  return select(image, inOrder(peaks), resolved, numPeaks);
}

/** Above what a peak must be. */
function thresholdOf(image: Image, { thresholdAbs, thresholdRel }: ResolvedPeaks): number {
  const { data, dtype } = image;
  let [least, greatest] = [data[0]!, data[0]!];
  let isOrdered = true;
  for (let i = 0; i < data.length; i++) {
    const sample = data[i]!;
    if (sample < least) least = sample;
    if (sample > greatest) greatest = sample;
    isOrdered &&= !Number.isNaN(sample);
  }
  if (!isOrdered) least = greatest = Number.NaN;
  // Numbers are compared in the image's own precision.
  const own = (value: number): number => (dtype === "float32" ? Math.fround(value) : value);
  const threshold = thresholdAbs === null ? least : own(thresholdAbs);
  const relative = thresholdRel === null ? Number.NaN : own(own(thresholdRel) * greatest);
  return relative > threshold ? relative : threshold;
}

/** Pixels above the threshold that no neighbour is above, row by row. */
function candidates(image: Image, mask: Uint8Array | null, threshold: number, { footprint }: ResolvedPeaks): Peak[] {
  const { data, width, height } = image;
  const isSingle = footprint.cells.length === 1 || data.length === 1;
  // Beyond the edge lies what is at it.
  const around = { footprint, mode: "nearest", erosionCval: 0, dilationCval: 0 } as const;
  const greatest = isSingle ? data : dilated(image, around).data;
  let isPeak = (i: number): boolean => data[i] === greatest[i];
  if (!isSingle && data.every((_, i) => mask?.[i] === 0 || isPeak(i))) {
    // A flat image has no peaks; of a flat region those pixels are that no cross within it covers.
    isPeak = mask === null ? () => false : lonely(mask, width, height);
  }
  const found: Peak[] = [];
  for (let i = 0; i < data.length; i++) {
    if (mask?.[i] !== 0 && data[i]! > threshold && isPeak(i)) found.push([Math.floor(i / width), i % width]);
  }
  return found;
}

/** Whether a pixel of a mask lies in no cross of five pixels of it. */
function lonely(mask: Uint8Array, width: number, height: number): (i: number) => boolean {
  const has = (row: number, column: number): boolean =>
    row >= 0 && column >= 0 && row < height && column < width && mask[row * width + column] === 1;
  const isMiddle = (row: number, column: number): boolean =>
    CROSS.every(([down, right]) => has(row + down, column + right));
  return (i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return has(row, column) && !CROSS.some(([down, right]) => isMiddle(row + down, column + right));
  };
}

const CROSS = [
  [0, 0],
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;

/** The greatest of the candidates, which come row by row, as far apart as asked for. */
function select(
  { data, width }: Image,
  found: readonly Peak[],
  { minDistance, pNorm }: ResolvedPeaks,
  most: number,
): Peak[] {
  const value = ([row, column]: Peak): number => data[row * width + column]!;
  // A sort that keeps the order of equal ones.
  const sorted = found.toSorted((a, b) => value(b) - value(a) || 0);
  if (minDistance <= 1) return sorted.slice(0, most);
  return spaced(sorted, minDistance, within(minDistance, pNorm, false), most);
}

/** Each region's part of the image, by ascending label; outside of it lies the least sample that there can be. */
function regionsOf(image: Image, labels: Image, excluded: readonly [number, number]): Region[] {
  const { width, height } = image;
  const boxes = new Map<number, [top: number, left: number, bottom: number, right: number]>();
  for (let i = 0; i < labels.data.length; i++) {
    const [label, row, column] = [labels.data[i]!, Math.floor(i / width), i % width];
    if (label < 1 || !isWithin(row, height, excluded[0]) || !isWithin(column, width, excluded[1])) continue;
    const box = boxes.get(label);
    if (box === undefined) boxes.set(label, [row, column, row, column]);
    else {
      box[1] = Math.min(box[1], column);
      box[2] = row;
      box[3] = Math.max(box[3], column);
    }
  }
  return [...boxes.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([label, [top, left, bottom, right]]) => {
      const size = { width: right - left + 1, height: bottom - top + 1 };
      const data = new SAMPLE_ARRAYS[image.dtype](size.width * size.height);
      const mask = new Uint8Array(data.length);
      for (let i = 0; i < data.length; i++) {
        const at = (top + Math.floor(i / size.width)) * width + left + (i % size.width);
        mask[i] = labels.data[at] === label ? 1 : 0;
        data[i] = mask[i] === 1 ? image.data[at]! : LEAST[image.dtype];
      }
      return { top, left, image: new Image(data, size), mask };
    });
}

/** The least finite sample of each dtype. */
const LEAST = {
  uint8: 0,
  uint16: 0,
  int32: -(2 ** 31),
  float32: -3.4028234663852886e38,
  float64: -Number.MAX_VALUE,
} as const;

function isWithin(index: number, length: number, margin: number): boolean {
  return index >= margin && index < length - margin;
}

/** Row by row. */
function inOrder(peaks: readonly Peak[]): Peak[] {
  return peaks.toSorted(([rowA, columnA], [rowB, columnB]) => rowA - rowB || columnA - columnB);
}
