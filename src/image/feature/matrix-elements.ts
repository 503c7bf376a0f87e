// What the functions that give a symmetric 2 × 2 matrix for each pixel have in common.
import { type Border, SCIPY_BORDERS } from "../border.ts";
import type { GaussianKernels } from "../filters/blur.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import type { Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded } from "../intensity.ts";
import type { OptionReader } from "../options.ts";
import type { OutOptions } from "../out.ts";

/** A symmetric 2 × 2 matrix for each pixel: its upper left, upper right and lower right elements. */
export type MatrixElements = [upperLeft: Image, upperRight: Image, lowerRight: Image];

/** In which order elements come: by (row, column), or by (x, y). */
export type ElementOrder = "rc" | "xy";

/** Options of the functions that give matrices. */
export interface MatrixOptions extends OutOptions<Readonly<MatrixElements>> {
  /** Standard deviation of the Gaussian in pixels, or one for rows and one for columns. Default 1. */
  sigma?: number | readonly [row: number, column: number];
  /** What lies beyond the edge. Default `"constant"`. */
  mode?: Border;
  /** The intensity beyond the edge with mode `"constant"`, within what 32-bit floats can square. Default 0. */
  cval?: number;
  /** `"rc"`: (row, row), (row, column), (column, column); `"xy"` the other way round. Default `"rc"`. */
  order?: ElementOrder;
  /** Three images that the elements are written into, in that order; this list is what the call then returns. Default: new ones. */
  out?: Readonly<MatrixElements>;
}

/** What a function that gives matrices is to do, checked and with defaults. */
export interface ResolvedMatrix extends GaussianKernels {
  readonly mode: Border;
  readonly cval: number;
  readonly order: ElementOrder;
  /** Factor from sample to intensity. */
  readonly scale: number;
  /** Dtype of the results. */
  readonly dtype: FloatDType;
}

/** Reads what these functions have in common beside `sigma`, of which the kernels were made. */
export function resolveMatrix(
  operation: string,
  read: OptionReader,
  image: ImageHeader,
  kernels: GaussianKernels,
): ResolvedMatrix {
  const mode = read.oneOf("mode", "constant", SCIPY_BORDERS);
  // Kernels compute in 32 bits and square sums of a few: beyond this they overflow.
  const largest = image.dtype === "float64" ? Infinity : 1e18;
  const cval = read.number("cval", 0, -largest, largest);
  const order = read.oneOf("order", "rc", ["rc", "xy"]);
  requireOneChannel(operation, image);
  return { ...kernels, mode, cval, order, scale: INTENSITY_SCALE[image.dtype], dtype: floatDType(image.dtype) };
}

/** Images of what was computed for (row, row), (row, column) and (column, column). */
export function elementsFrom(
  byRow: readonly [Float64Array, Float64Array, Float64Array],
  { width, height }: ImageHeader,
  { order, dtype }: ResolvedMatrix,
): MatrixElements {
  return inOrder(byRow.map((element) => rounded(element, dtype, { width, height })) as MatrixElements, order);
}

/** Elements that come by (row, column), in the order asked for. */
export function inOrder<T>([rr, rc, cc]: readonly [T, T, T], order: ElementOrder): [T, T, T] {
  return order === "rc" ? [rr, rc, cc] : [cc, rc, rr];
}
