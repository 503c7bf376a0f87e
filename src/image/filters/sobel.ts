import { type Border, borderIndices, SCIPY_BORDERS } from "../border.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";

/** Options of `filters.sobel`. */
export interface SobelOptions extends DispatchOptions {
  /** 0: the derivative down the rows; 1: along the columns; `null` or missing: the magnitude of both. */
  axis?: 0 | 1 | null;
  /** What lies beyond the edge. Default `"reflect"`. */
  mode?: Border;
  /** The intensity beyond the edge with mode `"constant"`, within what 32-bit floats can square. Default 0. */
  cval?: number;
}

/** What `filters.sobel` is to do, checked and with defaults. */
export interface ResolvedSobel {
  readonly axis: 0 | 1 | null;
  readonly mode: Border;
  readonly cval: number;
  /** Factor from sample to intensity. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPTIONS: readonly string[] = ["axis", "mode", "cval"];

/** Checks the arguments of `filters.sobel` and applies the defaults. */
export function resolveSobel(image: ImageHeader, options?: SobelOptions): ResolvedSobel {
  const read = new OptionReader("filters.sobel", options, OPTIONS);
  const axis = read.oneOf("axis", null, [0, 1, null]);
  const mode = SCIPY_BORDERS[read.oneOf("mode", "reflect", Object.keys(SCIPY_BORDERS) as Border[])];
  const scale = INTENSITY_SCALE[image.dtype];
  // Kernels compute in 32 bits, on the scale of the samples, and square sums of four: beyond this they overflow.
  const largest = image.dtype === "float64" ? Infinity : 1e18 * scale;
  const cval = read.number("cval", 0, -largest, largest);
  requireOneChannel("filters.sobel", image);
  return { axis, mode, cval, scale, dtype: floatDType(image.dtype) };
}

/**
 * Edges by the Sobel filter: scikit-image's `sobel`.
 *
 * Per axis the difference of the neighbours on both sides, smoothed by [1 2 1] / 4 across it; the difference is
 * not halved, and positive where intensity grows with the index. Without `axis` √((h² + v²) / 2). The middle row
 * (or column) has no weight, so a NaN does not reach it.
 *
 * @param image one channel, any dtype; integers become intensities first.
 * @returns the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const sobel: Operation<(image: Image, options?: SobelOptions) => Image> = dispatchable(
  "filters.sobel",
  { on: [0], optionNames: OPTIONS },
  function sobel(image: Image, options?: SobelOptions): Image {
    checkSamples(image);
    const { axis, mode, cval, scale, dtype } = resolveSobel(image, options);
    const { width, height } = image;
    const source = padded(scaled(image, scale), width, height, mode, cval);
    const stride = width + 2;
    const edges = new Float64Array(width * height);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        // A 3 × 3 window: a b c, then d · e, then f g h.
        const top = row * stride + column;
        const bottom = top + 2 * stride;
        const [a, b, c] = [source[top]!, source[top + 1]!, source[top + 2]!];
        const [d, e] = [source[top + stride]!, source[top + stride + 2]!];
        const [f, g, h] = [source[bottom]!, source[bottom + 1]!, source[bottom + 2]!];
        const down = (f + 2 * g + h - (a + 2 * b + c)) / 4;
        const right = (c + 2 * e + h - (a + 2 * d + f)) / 4;
        edges[row * width + column] =
          axis === 0 ? down : axis === 1 ? right : Math.sqrt((down * down + right * right) / 2);
      }
    }
    return rounded(edges, dtype, { width, height });
  },
);

/** The image with a border of one pixel around it. */
function padded(source: Float64Array, width: number, height: number, mode: Border, cval: number): Float64Array {
  const rows = borderIndices(mode, height, 1);
  const columns = borderIndices(mode, width, 1);
  const result = new Float64Array(rows.length * columns.length);
  rows.forEach((row, r) => {
    columns.forEach((column, c) => {
      result[r * columns.length + c] = row < 0 || column < 0 ? cval : source[row * width + column]!;
    });
  });
  return result;
}
