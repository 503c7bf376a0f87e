import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image, zeros } from "../image.ts";
import type { Operation } from "../operation.ts";
import { OptionReader } from "../options.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";

/** Options of `morphology.convexHullImage`. */
export interface ConvexHullImageOptions extends OutOptions<Image<Uint8Array>> {
  /** Whether a pixel is a square of which the middles of the sides count, not just its centre. Default true. */
  offsetCoordinates?: boolean;
  /** Whether pixels belong to the hull whose centres lie on its edge. Default true. */
  includeBorders?: boolean;
}

/** What `morphology.convexHullImage` is to do, checked and with defaults. */
export interface ResolvedConvexHullImage {
  readonly offsetCoordinates: boolean;
  readonly includeBorders: boolean;
}

const OPTIONS: readonly string[] = ["offsetCoordinates", "includeBorders", "out"];

/** Checks the arguments of `morphology.convexHullImage` and applies the defaults. */
export function resolveConvexHullImage(image: ImageHeader, options?: ConvexHullImageOptions): ResolvedConvexHullImage {
  const read = new OptionReader("morphology.convexHullImage", options, OPTIONS);
  const offsetCoordinates = read.boolean("offsetCoordinates", true);
  const includeBorders = read.boolean("includeBorders", true);
  requireOneChannel("morphology.convexHullImage", image);
  return { offsetCoordinates, includeBorders };
}

/** Half a pixel is 1, so that all points are whole. */
type Point = readonly [row: number, column: number];

/**
 * The pixels in the smallest convex polygon around all that are not 0: scikit-image's `convex_hull_image`.
 *
 * The polygon is found by A. Andrew's monotone chain (Information Processing Letters 9, 1979), in whole numbers and so
 * without a tolerance. Without `offsetCoordinates`, pixels on one line have no hull, and the result is empty.
 *
 * @param image one channel, any dtype; what is not 0 counts.
 * @returns a `uint8` mask of 0 and 1, the same shape.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const convexHullImage: Operation<(image: Image, options?: ConvexHullImageOptions) => Image<Uint8Array>> =
  dispatchable(
    "morphology.convexHullImage",
    { on: [0], optionNames: OPTIONS },
    function convexHullImage(image: Image, options?: ConvexHullImageOptions): Image<Uint8Array> {
      checkSamples(image);
      const { offsetCoordinates, includeBorders } = resolveConvexHullImage(image, options);
      const { width, height } = image;
      const hull = convexHull([...outermost(image, offsetCoordinates)]);
      const mask = zeros("uint8", { width, height });
      if (hull.length < 3) return mask;
      mask.data.forEach((_, i) => {
        const pixel: Point = [2 * Math.floor(i / width), 2 * (i % width)];
        const inside = hull.every((from, k) => {
          const side = turn(from, hull[(k + 1) % hull.length]!, pixel);
          return includeBorders ? side >= 0 : side > 0;
        });
        mask.data[i] = inside ? 1 : 0;
      });
      return mask;
    },
  );

/** The points of the first and the last pixel of each row, in order of rows. No others can be corners. */
function* outermost({ data, width, height }: Image, offset: boolean): Generator<Point> {
  for (let row = 0; row < height; row++) {
    const samples = data.subarray(row * width, (row + 1) * width);
    const first = samples.findIndex((sample) => sample !== 0);
    if (first < 0) continue;
    for (const column of [first, samples.findLastIndex((sample) => sample !== 0)]) {
      const [r, c] = [2 * row, 2 * column];
      if (!offset) yield [r, c];
      else yield* [[r - 1, c], [r, c - 1], [r, c + 1], [r + 1, c]] as const; // oxfmt-ignore
    }
  }
}

/** The corners, each a turn to the left from the one before; fewer than three where all points lie on a line. */
function convexHull(points: Point[]): Point[] {
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (along: readonly Point[]): Point[] => {
    const corners: Point[] = [];
    for (const point of along) {
      while (corners.length > 1 && turn(corners.at(-2)!, corners.at(-1)!, point) <= 0) corners.pop();
      corners.push(point);
    }
    return corners.slice(0, -1);
  };
  return [...chain(points), ...chain(points.toReversed())];
}

/** Above 0 where the way from `a` over `b` to `c` turns to the left, with rows to the right and columns up. */
function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
