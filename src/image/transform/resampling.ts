// Another number of pixels for the same field of view, as `scipy.ndimage.zoom` with `grid_mode`: the reference of `resize`.
import { type Border, borderIndex } from "../border.ts";
import type { ImageHeader } from "../header.ts";
import { type Interpolant, spline, type SplineOrder, type Taps } from "./spline.ts";

/** The samples of an image of another size, in 64 bits, channel by channel. */
export function resampled(
  source: Float64Array,
  image: Omit<ImageHeader, "dtype">,
  size: { readonly height: number; readonly width: number },
  { order, mode, cval }: { readonly order: SplineOrder; readonly mode: Border; readonly cval: number },
): Float64Array {
  const { channels } = image;
  // Filters would spread NaN.
  if (size.height === image.height && size.width === image.width) return source.slice();
  const interpolant = spline(source, image, order, mode, cval);
  const rows = places(image.height, size.height, interpolant.tapsAt);
  const columns = places(image.width, size.width, interpolant.tapsAt);
  return crossings(interpolant, channels, rows, columns, { mode, cval });
}

/** What lies where rows and columns cross, channel by channel. */
export function crossings(
  { data, height, width }: Interpolant,
  channels: number,
  rows: readonly Taps[],
  columns: readonly Taps[],
  { mode, cval }: { readonly mode: Border; readonly cval: number },
): Float64Array {
  const result = new Float64Array(rows.length * columns.length * channels);
  let at = 0;
  for (const down of rows) {
    for (const across of columns) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (const [row, weight] of down) {
          for (const [column, share] of across) {
            const [r, c] = [borderIndex(mode, row, height), borderIndex(mode, column, width)];
            sum += weight * share * (r < 0 || c < 0 ? cval : data[(r * width + c) * channels + channel]!);
          }
        }
        result[at++] = sum;
      }
    }
  }
  return result;
}

/** What each of `to` samples along a line of `from` is made of. Pixels are squares whose centres are what is sampled. */
function places(from: number, to: number, tapsAt: (place: number) => Taps): Taps[] {
  return Array.from({ length: to }, (_, i) => tapsAt((i + 0.5) * (from / to) - 0.5));
}
