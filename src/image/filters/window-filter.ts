import { type Border, borderIndices } from "../border.ts";
import type { WindowSize } from "./window-size.ts";

/**
 * Something of the window about each pixel, which is given row by row; the same array every time.
 *
 * @param samples of one channel.
 */
export function windowFilter(
  samples: Float64Array,
  { width, height }: { readonly width: number; readonly height: number },
  [windowRows, windowColumns]: WindowSize,
  { mode, cval }: { readonly mode: Border; readonly cval: number },
  reduce: (window: Float64Array) => number,
): Float64Array {
  const rows = borderIndices(mode, height, (windowRows - 1) / 2);
  const columns = borderIndices(mode, width, (windowColumns - 1) / 2);
  const window = new Float64Array(windowRows * windowColumns);
  return samples.map((_, pixel) => {
    const [top, left] = [Math.floor(pixel / width), pixel % width];
    let at = 0;
    for (let r = top; r < top + windowRows; r++) {
      for (let c = left; c < left + windowColumns; c++) {
        const [row, column] = [rows[r]!, columns[c]!];
        window[at++] = row < 0 || column < 0 ? cval : samples[row * width + column]!;
      }
    }
    return reduce(window);
  });
}
