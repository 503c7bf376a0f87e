import { borderIndex } from "../border.ts";
import { ImageError } from "../errors.ts";
import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { display, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { ProjectiveTransform } from "./geometric-transform.ts";
import {
  checkSize,
  clipToRange,
  INTERPOLATION_OPTIONS,
  type InterpolationOptions,
  isSize,
  numbers,
  readInterpolation,
  type ResolvedInterpolation,
  resultImage,
} from "./interpolation.ts";
import { applied, type Matrix, type Point, readMatrix } from "./matrix.ts";

/** The orders of interpolation that `warp` and `rotate` have. */
export type WarpOrder = 0 | 1 | 3;

/** Options of `transform.warp`. */
export interface WarpOptions extends InterpolationOptions {
  /** `[rows, columns]` of the result. Default, or `null`: the image's. */
  outputShape?: readonly [rows: number, columns: number] | null;
  /** Of the interpolation: 0 takes the nearest pixel, 1 is bilinear, 3 bicubic. Default, or `null`: 1. */
  order?: WarpOrder | null;
}

/** What `transform.warp` is to do, checked and with defaults. */
export interface ResolvedWarp extends ResolvedInterpolation<WarpOrder> {
  /** From a pixel of the result, `[column, row, 1]`, to its place in the image. */
  readonly matrix: Matrix;
  readonly height: number;
  readonly width: number;
}

export const WARP_ORDERS: readonly WarpOrder[] = [0, 1, 3];

const OPTIONS: readonly string[] = ["outputShape", ...INTERPOLATION_OPTIONS];

/** Checks the arguments of `transform.warp` and applies the defaults. */
export function resolveWarp(image: ImageHeader, inverseMap: unknown, options?: WarpOptions): ResolvedWarp {
  const operation = "transform.warp";
  const read = new OptionReader(operation, options, OPTIONS);
  const interpolation = readInterpolation(read, image, WARP_ORDERS, "constant");
  const given = read.value("outputShape") ?? [image.height, image.width];
  if (!isSize(given)) throw read.invalid("outputShape", given, "[rows, columns], whole numbers of at least 1");
  checkSize(operation, "outputShape", given, image);
  return { ...interpolation, matrix: inverseMatrix(operation, inverseMap), height: given[0], width: given[1] };
}

/**
 * An image seen through a transform: scikit-image's `warp`.
 *
 * Every pixel of the result is looked up at the place in the image to which `inverseMap` takes its column and row; pixels
 * beyond the edge are what `mode` says, one by one, so that edges are soft. Orders 2, 4 and 5, which scikit-image hands to
 * SciPy with a warning about what comes out, are refused, and so are maps that are functions or arrays of coordinates.
 *
 * Places are computed in 64 bits whatever the image's dtype. Where the map is not finite (on the horizon of a projection)
 * or leads 2³¹ pixels away, the result is `cval` in all modes.
 *
 * @param image any dtype and channels, each by itself; integers become intensities unless `preserveRange`.
 * @param inverseMap from the result to the image: a transform, or its 3 × 3 matrix for `[column, row, 1]`.
 * @returns `outputShape`, with the image's channels; the image's dtype with order 0, else `float64` for `float64` input and
 * `float32` for others.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`, `ERR_IMAGE_LIMIT` for 2³¹ samples or more.
 */
export const warp: Operation<(image: Image, inverseMap: Matrix | ProjectiveTransform, options?: WarpOptions) => Image> =
  dispatchable(
    "transform.warp",
    { on: [0], options: 2, optionNames: OPTIONS },
    function warp(image: Image, inverseMap: Matrix | ProjectiveTransform, options?: WarpOptions): Image {
      checkSamples(image);
      return warped(image, resolveWarp(image, inverseMap, options));
    },
  );

/** `warp`, by what was resolved. */
export function warped(image: Image, resolved: ResolvedWarp): Image {
  return sampled(image, resolved, (pixel) => applied(resolved.matrix, pixel));
}

/** An image of which each pixel is looked up at a place, column first. */
export function sampled(
  image: Image,
  resolved: ResolvedInterpolation<WarpOrder> & { readonly height: number; readonly width: number },
  placeOf: (pixel: Point) => Point,
): Image {
  const { height, width, order, mode, cval, clip, dtype } = resolved;
  const { channels } = image;
  const source = numbers(image, resolved);
  const result = new Float64Array(height * width * channels);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = placeOf([column, row]);
      const there = Math.abs(x) < 2 ** 31 && Math.abs(y) < 2 ** 31;
      const [across, down] = there ? [taps(x, order), taps(y, order)] : [[], []];
      const columns = across.map(([index]) => borderIndex(mode, index, image.width));
      const rows = down.map(([index]) => borderIndex(mode, index, image.height));
      // A sum of weights times `cval` might miss it by a bit, and the range of the result with it.
      const outside = !rows.some((r) => r >= 0) || !columns.some((c) => c >= 0);
      for (let channel = 0; channel < channels; channel++) {
        const at = (r: number, c: number): number =>
          rows[r]! < 0 || columns[c]! < 0 ? cval : source[(rows[r]! * image.width + columns[c]!) * channels + channel]!;
        const line = (r: number): number => across.reduce((sum, [, weight], c) => sum + weight * at(r, c), 0);
        result[(row * width + column) * channels + channel] = outside
          ? cval
          : down.reduce((sum, [, weight], r) => sum + weight * line(r), 0);
      }
    }
  }
  if (clip) clipToRange(result, source, mode, cval);
  return resultImage(result, dtype, image, height, width);
}

/** The samples of a line around a place, and what each weighs: bicubic is Keys's (1981) with a = -½. */
function taps(place: number, order: WarpOrder): [index: number, weight: number][] {
  if (order === 0) return [[Math.floor(place + 0.5), 1]];
  const first = Math.floor(place);
  const t = place - first;
  const all: [number, number][] =
    order === 1
      ? [
          [first, 1 - t],
          [first + 1, t],
        ]
      : [
          [first - 1, t * (-0.5 + t * (1 - 0.5 * t))],
          [first, 1 + t * t * (-2.5 + 1.5 * t)],
          [first + 1, t * (0.5 + t * (2 - 1.5 * t))],
          [first + 2, t * t * (-0.5 + 0.5 * t)],
        ];
  // What has no weight does not matter, infinities and NaN included.
  return all.filter(([, weight]) => weight !== 0);
}

function inverseMatrix(operation: string, inverseMap: unknown): Matrix {
  if (inverseMap instanceof ProjectiveTransform) return inverseMap.params;
  if (Array.isArray(inverseMap)) return readMatrix(operation, "inverseMap", inverseMap);
  const problem = `inverseMap is ${display(inverseMap)}; expected a transform or a 3 × 3 matrix`;
  throw new ImageError("ERR_IMAGE_OPTION", `${operation}: ${problem}`);
}
