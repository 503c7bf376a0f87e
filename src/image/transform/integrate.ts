import { requireOneChannel, shape } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { display, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";

/** Options of `transform.integrate`: the dispatcher's only. */
export interface IntegrateOptions extends DispatchOptions {}

/** A row and a column; negative ones count from the end. */
export type Corner = readonly [row: number, column: number];

const OPERATION = "transform.integrate";

/**
 * Sums over windows of the image that an integral image was made of: scikit-image's `integrate`.
 *
 * @param ii the integral image, one channel; `transform.integralImage` makes it.
 * @param start the upper left corner of a window, which belongs to it, or a list of such corners.
 * @param end the lower right corner, which belongs to the window too, or a list of as many.
 * @returns the sum over each window, in 64 bits.
 * @throws ImageError `ERR_IMAGE_OPTION` for corners outside the image, an end before its start, or lists of different lengths;
 * `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_BUFFER`.
 */
export const integrate: Operation<
  (
    ii: Image,
    start: Corner | readonly Corner[],
    end: Corner | readonly Corner[],
    options?: IntegrateOptions,
  ) => number[]
> = dispatchable(
  OPERATION,
  { on: [0], options: 3 },
  function integrate(
    ii: Image,
    start: Corner | readonly Corner[],
    end: Corner | readonly Corner[],
    options?: IntegrateOptions,
  ): number[] {
    checkSamples(ii);
    const read = new OptionReader(OPERATION, options, []);
    requireOneChannel(OPERATION, ii);
    const starts = corners(read, "start", start, ii);
    const ends = corners(read, "end", end, ii);
    if (starts.length !== ends.length) throw read.error(`there are ${starts.length} starts and ${ends.length} ends`);
    const at = (row: number, column: number): number => (row < 0 || column < 0 ? 0 : ii.data[row * ii.width + column]!);
    return starts.map(([top, left], i) => {
      const [bottom, right] = ends[i]!;
      if (bottom < top || right < left) {
        throw read.error(`window ${i} ends at [${bottom}, ${right}], before its start at [${top}, ${left}]`);
      }
      // In the order of scikit-image's additions.
      return at(bottom, right) - at(bottom, left - 1) - at(top - 1, right) + at(top - 1, left - 1);
    });
  },
);

/** Corners with rows and columns from 0 on. */
function corners(read: OptionReader, name: string, given: unknown, image: Image): Corner[] {
  const list: unknown[] = !Array.isArray(given) || given.length === 0 ? [] : Array.isArray(given[0]) ? given : [given];
  if (list.length === 0) throw read.error(`${name} is ${display(given)}; expected [row, column] or a list of them`);
  return list.map((corner) => {
    const sides = [image.height, image.width];
    const pair = Array.isArray(corner) && corner.length === 2 ? [...(corner as unknown[])] : [];
    const inside = pair.map((value, axis) => {
      const side = sides[axis]!;
      if (!Number.isSafeInteger(value) || (value as number) < -side || (value as number) >= side) return -1;
      return (value as number) < 0 ? (value as number) + side : (value as number);
    });
    if (inside.length === 2 && !inside.includes(-1)) return inside as unknown as Corner;
    throw read.error(`${name} has ${display(corner)}; expected [row, column] within ${shape(image)}`);
  });
}
