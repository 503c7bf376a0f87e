// What the functions that sample between pixels have in common.
import { type Border, NUMPY_BORDERS, type NumpyBorder } from "../border.ts";
import type { ImageHeader } from "../header.ts";
import { ImageError } from "../errors.ts";
import { type DType, Image, SAMPLE_ARRAYS, type Samples, type Shape } from "../image.ts";
import { floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import type { OptionReader } from "../options.ts";
import type { OutOptions } from "../out.ts";
import { SPLINE_ORDERS, type SplineOrder } from "./spline.ts";

/** Options of functions that sample between pixels. */
export interface InterpolationOptions extends OutOptions {
  /** Of the interpolation: 0 takes the nearest pixel, 1 is linear, those above are splines. Default, or `null`: 1. */
  order?: SplineOrder | null;
  /** What lies beyond the edge, by NumPy's names. Default `"reflect"` of `resize` and `rescale`, `"constant"` of others. */
  mode?: NumpyBorder;
  /** The value beyond the edge with mode `"constant"`, on the scale of the result. Default 0. */
  cval?: number;
  /** Keep results within the range of the image, `cval` included where it shows by itself. Default true. */
  clip?: boolean;
  /** Keep integer samples as they are instead of scaling them to [0, 1] or [-1, 1]. Default false. */
  preserveRange?: boolean;
}

/** What a function that samples between pixels is to do, checked and with defaults. */
export interface ResolvedInterpolation {
  readonly order: SplineOrder;
  readonly mode: Border;
  readonly cval: number;
  readonly clip: boolean;
  /** Factor from sample to intensity; 1 with `preserveRange` and with order 0. */
  readonly scale: number;
  /** Dtype of the result: the image's with order 0. */
  readonly dtype: DType;
}

/** The size of a result: its rows and columns, after which the image's channels may follow, as in a `shape`; one number for a square. */
export type OutputShape = number | Shape;

/** The names of {@link InterpolationOptions}. */
export const INTERPOLATION_OPTIONS: readonly string[] = ["order", "mode", "cval", "clip", "preserveRange", "out"];

/** The samples of one image that are counted in 32 bits, signed. */
const MOST_SAMPLES = 2 ** 31 - 1;

/** Reads the options that these functions share. */
export function readInterpolation(read: OptionReader, image: ImageHeader, mode: NumpyBorder): ResolvedInterpolation {
  const order = read.oneOf("order", null, [...SPLINE_ORDERS, null]) ?? 1;
  const preserveRange = read.boolean("preserveRange", false);
  const dtype = order === 0 ? image.dtype : floatDType(image.dtype);
  return {
    order,
    mode: NUMPY_BORDERS[read.oneOf("mode", mode, Object.keys(NUMPY_BORDERS) as NumpyBorder[])],
    cval: readConstant(read, dtype),
    clip: read.boolean("clip", true),
    scale: order === 0 || preserveRange ? 1 : INTENSITY_SCALE[image.dtype],
    dtype,
  };
}

/** `cval` as a result of this dtype holds it: rounded for floats, refused for integers that cannot. */
export function readConstant(read: OptionReader, dtype: DType): number {
  const cval = read.number("cval", 0);
  if (dtype === "float64") return cval;
  const held = new SAMPLE_ARRAYS[dtype]([cval])[0]!;
  if (dtype === "float32" ? Number.isFinite(held) : held === cval) return held;
  throw read.invalid("cval", cval, `a number that ${dtype} holds`);
}

/** `[rows, columns]` of a result, from an option or argument of this name. */
export function checkSize(
  operation: string,
  name: string,
  size: readonly [number, number],
  { channels }: ImageHeader,
): void {
  const samples = size[0] * size[1] * channels;
  if (samples <= MOST_SAMPLES) return;
  const problem = `${name} makes an image of ${size[0]} × ${size[1]} × ${channels} samples`;
  throw new ImageError("ERR_IMAGE_LIMIT", `${operation}: ${problem}; at most ${MOST_SAMPLES} are accepted`);
}

/** What {@link sizeOf} takes, for messages. */
export const OUTPUT_SHAPE =
  "[rows, columns], whole numbers of at least 1, after which the image's channels may follow, or one for both";

/** `[rows, columns]` of an {@link OutputShape}; `null` for anything else. */
export function sizeOf(value: unknown, { channels }: ImageHeader): readonly [rows: number, columns: number] | null {
  const sides: unknown[] = Array.isArray(value) ? [...value] : [value, value];
  if (sides.length === 3 && sides[2] === channels) sides.pop();
  const isSize = sides.length === 2 && sides.every((side) => Number.isSafeInteger(side) && (side as number) >= 1);
  return isSize ? (sides as [number, number]) : null;
}

/** The samples as numbers to interpolate between, in 64 bits. */
export function numbers(image: Image, { scale }: ResolvedInterpolation): Float64Array {
  return scaled(image, scale);
}

/** An image over results in 64 bits, in the dtype that it is to have; as many channels as `image`. */
export function resultImage(
  data: Float64Array,
  dtype: DType,
  { channels, alpha }: Image,
  height: number,
  width: number,
): Image {
  const geometry = { width, height, channels, alpha };
  if (dtype === "float32" || dtype === "float64") return rounded(data, dtype, geometry);
  return new Image<Samples>(SAMPLE_ARRAYS[dtype].from(data), geometry);
}

/**
 * Clips results to the range of what they were made from, in place. With mode `"constant"` the range includes `cval` where
 * the results reach to it, as they do where a pixel lies wholly outside.
 */
export function clipToRange(results: Float64Array, source: Float64Array, mode: Border, cval: number): void {
  let [least, greatest] = range(source);
  if (mode === "constant" && !(cval >= least && cval <= greatest)) {
    const [low, high] = range(results);
    if (cval >= low && cval <= high) [least, greatest] = [Math.min(least, cval), Math.max(greatest, cval)];
  }
  // NaN stays NaN.
  for (const [i, value] of results.entries()) results[i] = value < least ? least : value > greatest ? greatest : value;
}

/** The least and the greatest number; `[Infinity, -Infinity]` where all are NaN. */
function range(values: Float64Array): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
