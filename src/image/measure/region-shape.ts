// What is measured of the mask of one region, in its bounding box, or of all objects in a mask.
import { Image } from "../image.ts";
import type { Spacing } from "../spacing.ts";

type Mask = Image<Uint8Array>;
type Point = readonly [row: number, column: number];

/** Weights of the sixteen squares of 2 × 2 pixels in the Euler number, by the connectivity of objects. */
const EULER: Readonly<Record<1 | 2, readonly number[]>> = {
  1: [0, 1, 0, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0],
  2: [0, 0, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, -1, 0],
};

/** The same in the perimeter by Crofton's formula, in four directions: lengths of intercepts over a right angle's, 45 degrees apart. */
const CROFTON: readonly number[] = (() => {
  const [straight, diagonal] = [Math.PI / 4, Math.PI / (4 * Math.SQRT2)];
  const corner = straight + diagonal;
  // oxfmt-ignore
  return [
    0, corner, diagonal, 2 * diagonal, 0, corner, 0, diagonal,
    straight, 2 * straight, diagonal, diagonal, straight, 2 * straight, 0, 0,
  ];
})();

/** A mask of what is above 0. */
export function objects({ data, width, height }: Image): Mask {
  return new Image(
    Uint8Array.from(data, (sample) => (sample > 0 ? 1 : 0)),
    { width, height },
  );
}

/** How many pixels are in a mask. */
export function pixelsIn(mask: Mask): number {
  return mask.data.reduce((sum, inside) => sum + inside, 0);
}

/** Objects less holes; the background is connected the other way. */
export function eulerOf(mask: Mask, connectivity: 1 | 2): number {
  return weighSquares(mask, EULER[connectivity]);
}

/** Perimeter by Crofton's formula. */
export function perimeterCrofton(mask: Mask): number {
  return weighSquares(mask, CROFTON);
}

/** Adds up the weights of the squares of 2 × 2 pixels: 1 for the lower right pixel, 2 above it, 4 to its left, 8 above that. */
function weighSquares(mask: Mask, weights: readonly number[]): number {
  let sum = 0;
  for (let r = 0; r <= mask.height; r++) {
    for (let c = 0; c <= mask.width; c++) {
      const square = at(mask, r, c) + 2 * at(mask, r - 1, c) + 4 * at(mask, r, c - 1) + 8 * at(mask, r - 1, c - 1);
      sum += weights[square]!;
    }
  }
  return sum;
}

/**
 * Length of the line through the centres of border pixels, which lack one of 4 or 8 neighbours, by their neighbours on it (K. Benkrid, D.
 * Crookes, "Design and FPGA implementation of a perimeter estimator", 2000).
 */
export function perimeterOf(mask: Mask, neighborhood: 4 | 8): number {
  const { width, height } = mask;
  const border = new Image(new Uint8Array(width * height), { width, height });
  const edges = (image: Mask, r: number, c: number): number =>
    at(image, r - 1, c) + at(image, r, c - 1) + at(image, r, c + 1) + at(image, r + 1, c);
  const corners = (image: Mask, r: number, c: number): number =>
    at(image, r - 1, c - 1) + at(image, r - 1, c + 1) + at(image, r + 1, c - 1) + at(image, r + 1, c + 1);
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      const neighbours = edges(mask, r, c) + (neighborhood === 8 ? corners(mask, r, c) : 0);
      border.data[r * width + c] = at(mask, r, c) && neighbours < neighborhood ? 1 : 0;
    }
  }
  let sum = 0;
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      if (!at(border, r, c)) continue;
      const [beside, diagonal] = [edges(border, r, c), corners(border, r, c)];
      if ((beside === 2 || beside === 3) && diagonal <= 2) sum += 1;
      else if ((beside === 0 && diagonal === 2) || (beside === 1 && diagonal === 3)) sum += Math.SQRT2;
      else if (beside === 1 && (diagonal === 1 || diagonal === 2)) sum += (1 + Math.SQRT2) / 2;
    }
  }
  return sum;
}

/** The mask with its holes filled: background that an 8-connected path does not join to the outside. */
export function filled(mask: Mask): Mask {
  const [width, height] = [mask.width + 2, mask.height + 2];
  const outside = new Uint8Array(width * height);
  const pending = [0];
  outside[0] = 1;
  for (let pixel = pending.pop(); pixel !== undefined; pixel = pending.pop()) {
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, height - 1); r++) {
      for (let c = Math.max(column - 1, 0); c <= Math.min(column + 1, width - 1); c++) {
        if (outside[r * width + c] || at(mask, r - 1, c - 1)) continue;
        outside[r * width + c] = 1;
        pending.push(r * width + c);
      }
    }
  }
  return fromPixels(mask, (r, c) => !outside[(r + 1) * width + c + 1]);
}

/** The pixels whose centres lie in the convex hull of the mask, its border included. */
export function convex(mask: Mask): Mask {
  const corners = hull(mask);
  return fromPixels(mask, (r, c) =>
    corners.every((corner, i) => turn(corner, corners[(i + 1) % corners.length]!, [2 * r, 2 * c]) >= 0),
  );
}

/** The largest distance between two points on the border of a mask, in the unit of `spacing`. */
export function feretDiameter(mask: Mask, [row, column]: Spacing): number {
  const corners = hull(mask);
  let most = 0;
  for (const [r, c] of corners) {
    for (const [s, d] of corners) most = Math.max(most, ((r - s) * row) ** 2 + ((c - d) * column) ** 2);
  }
  return Math.sqrt(most) / 2;
}

/**
 * The corners of the convex hull of the middles of all pixels' edges, in half pixels, so that they are whole numbers (A. M. Andrew,
 * "Another efficient algorithm for convex hulls in two dimensions", 1979).
 */
function hull(mask: Mask): Point[] {
  const points: Point[] = [];
  for (let r = 0; r < mask.height; r++) {
    const line = mask.data.subarray(r * mask.width, (r + 1) * mask.width);
    for (const c of new Set([line.indexOf(1), line.lastIndexOf(1)])) {
      if (c >= 0) points.push([2 * r - 1, 2 * c], [2 * r, 2 * c - 1], [2 * r, 2 * c + 1], [2 * r + 1, 2 * c]);
    }
  }
  points.sort(([r, c], [s, d]) => r - s || c - d);
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(points), ...half(points.toReversed())];
}

/** Above 0 where the way from `a` by `b` to `c` turns left. */
function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** The pixel, 0 outside. */
function at({ data, width, height }: Mask, row: number, column: number): number {
  return row < 0 || column < 0 || row >= height || column >= width ? 0 : data[row * width + column]!;
}

function fromPixels({ width, height }: Mask, of: (row: number, column: number) => boolean): Mask {
  const data = Uint8Array.from({ length: width * height }, (_, i) => (of(Math.floor(i / width), i % width) ? 1 : 0));
  return new Image(data, { width, height });
}
