import type { Peak } from "./peak-options.ts";

/** Whether peaks so many rows and columns apart, both at least 0, are too near to each other. */
export type TooNear = (rows: number, columns: number) => boolean;

/** What is nearer than a distance in the p-norm; or, inclusively, at it. */
export function within(distance: number, pNorm: number, inclusive: boolean): TooNear {
  return (rows, columns) => {
    const apart = length(rows, columns, pNorm);
    return inclusive ? apart <= distance : apart < distance;
  };
}

/**
 * The first of the peaks, and then each that is not too near to one taken before; at most so many.
 *
 * Those taken lie in cells of the width `reach`, beyond which nothing is too near: nine cells are looked at for each.
 */
export function spaced(peaks: readonly Peak[], reach: number, tooNear: TooNear, most: number): Peak[] {
  const side = Math.max(reach, 1);
  const cells = new Map<string, Peak[]>();
  const taken: Peak[] = [];
  for (const peak of peaks) {
    if (taken.length >= most) break;
    const [cellRow, cellColumn] = peak.map((index) => Math.floor(index / side)) as Peak;
    const near: Peak[] = [];
    for (let row = cellRow - 1; row <= cellRow + 1; row++) {
      for (let column = cellColumn - 1; column <= cellColumn + 1; column++) {
        near.push(...(cells.get(`${row} ${column}`) ?? []));
      }
    }
    if (near.some(([row, column]) => tooNear(Math.abs(row - peak[0]), Math.abs(column - peak[1])))) continue;
    taken.push(peak);
    const key = `${cellRow} ${cellColumn}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [peak]);
    else cell.push(peak);
  }
  return taken;
}

/** Relative to the longer side, so that no power overflows; where it is exact, so is the result. */
function length(rows: number, columns: number, pNorm: number): number {
  if (pNorm === 2) return Math.sqrt(rows * rows + columns * columns);
  const longer = Math.max(rows, columns);
  const shorter = Math.min(rows, columns);
  if (pNorm === 1) return rows + columns;
  if (pNorm === Infinity || shorter === 0) return longer;
  return longer * (1 + (shorter / longer) ** pNorm) ** (1 / pNorm);
}
