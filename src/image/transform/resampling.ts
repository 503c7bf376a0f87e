// Another number of pixels for the same field of view, as `scipy.ndimage.zoom` with `grid_mode`: the reference of `resize`.
import { type Border, borderIndex } from "../border.ts";
import type { ImageHeader } from "../header.ts";

/** The orders of interpolation that `resize` and what is built on it have. */
export type ResizeOrder = 0 | 1;

export const RESIZE_ORDERS: readonly ResizeOrder[] = [0, 1];

/** The samples of an image of another size, in 64 bits, channel by channel. */
export function resampled(
  source: Float64Array,
  { height, width, channels }: Omit<ImageHeader, "dtype">,
  size: { readonly height: number; readonly width: number },
  { order, mode, cval }: { readonly order: ResizeOrder; readonly mode: Border; readonly cval: number },
): Float64Array {
  const rows = places(height, size.height, order, mode);
  const columns = places(width, size.width, order, mode);
  const result = new Float64Array(rows.length * columns.length * channels);
  let at = 0;
  for (const down of rows) {
    for (const across of columns) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (const [row, weight] of down) {
          for (const [column, share] of across) {
            const inside = row >= 0 && column >= 0;
            sum += weight * share * (inside ? source[(row * width + column) * channels + channel]! : cval);
          }
        }
        result[at++] = sum;
      }
    }
  }
  return result;
}

/**
 * For each of `to` samples along a line of `from`, the samples that it is made of, -1 for the constant, and their weights.
 * Pixels are squares whose centres are what is sampled.
 */
function places(from: number, to: number, order: ResizeOrder, mode: Border): [index: number, weight: number][][] {
  return Array.from({ length: to }, (_, i) => {
    const place = (i + 0.5) * (from / to) - 0.5;
    const first = Math.floor(order === 0 ? place + 0.5 : place);
    const share = order === 0 ? 0 : place - first;
    // What has no weight does not matter, infinities and NaN included.
    const taps: [number, number][] =
      share === 0
        ? [[first, 1]]
        : [
            [first, 1 - share],
            [first + 1, share],
          ];
    return taps.map(([index, weight]) => [borderIndex(mode, index, from), weight]);
  });
}
