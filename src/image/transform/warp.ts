import { borderIndex, foldedPlace } from "../border.ts";
import { ImageError } from "../errors.ts";
import { type ImageHeader, isImage } from "../header.ts";
import { checkSamples, Image, type Samples } from "../image.ts";
import { display, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { ProjectiveTransform } from "./geometric-transform.ts";
import {
  checkSize,
  clipToRange,
  INTERPOLATION_OPTIONS,
  type InterpolationOptions,
  numbers,
  OUTPUT_SHAPE,
  type OutputShape,
  readInterpolation,
  type ResolvedInterpolation,
  resultImage,
  sizeOf,
} from "./interpolation.ts";
import { applied, type Matrix, multiplied, type Point, readMatrix } from "./matrix.ts";
import { type Interpolant, spline, type Taps } from "./spline.ts";

/** From a pixel of the result, column first, to its place in the image. */
export type PlaceOf = (pixel: Point) => Point;

/** What says where the pixels of a warp's result lie in the image. */
export type InverseMap = Matrix | ProjectiveTransform | PlaceOf | Image;

/** Options of `transform.warp`. */
export interface WarpOptions extends InterpolationOptions {
  /** `[rows, columns]` of the result, one number for both; the image's channels may follow. Default, or `null`: the image's, or that of an image of places. */
  outputShape?: OutputShape | null;
}

/** What `transform.warp` is to do, checked and with defaults; `P` is an image of places where a backend takes them as they are. */
export interface ResolvedWarp<P = never> extends ResolvedInterpolation {
  /** A matrix from a pixel of the result, `[column, row, 1]`, to its place in the image; or the places, row by row: of each pixel row, then column. */
  readonly map: Matrix | Float64Array | P;
  readonly height: number;
  readonly width: number;
}

const OPTIONS: readonly string[] = ["outputShape", ...INTERPOLATION_OPTIONS];

/**
 * Checks the arguments of `transform.warp` and applies the defaults.
 *
 * @param isElsewhere what may be an image of places beside those in main memory; nothing, unless a backend takes others.
 */
export function resolveWarp<P extends ImageHeader = never>(
  image: ImageHeader,
  inverseMap: unknown,
  options?: WarpOptions,
  isElsewhere: (value: unknown) => value is P = isNothing,
): ResolvedWarp<P> {
  const operation = "transform.warp";
  const read = new OptionReader(operation, options, OPTIONS);
  const interpolation = readInterpolation(read, image, "constant");
  const places = inverseMap instanceof Image || isElsewhere(inverseMap) ? inverseMap : null;
  const grid = places ?? image;
  const given = read.value("outputShape") ?? [grid.height, grid.width];
  const size = sizeOf(given, image);
  if (!size) throw read.invalid("outputShape", given, OUTPUT_SHAPE);
  checkSize(operation, "outputShape", size, image);
  const [height, width] = size;
  if (places) checkPlaces(operation, places, height, width);
  const map = isElsewhere(inverseMap) ? inverseMap : resolveMap(operation, inverseMap, height, width);
  return { ...interpolation, map, height, width };
}

function isNothing(_value: unknown): _value is never {
  return false;
}

/**
 * An image seen through a transform: scikit-image's `warp`.
 *
 * Every pixel of the result is looked up at the place in the image to which `inverseMap` takes its column and row; pixels
 * beyond the edge are what `mode` says, one by one, so that edges are soft. Order 3 of a matrix is Keys's bicubic kernel (1981), which looks at 16
 * pixels; other orders above 1 are splines, which depend on all of them and spread NaN all over its channel.
 *
 * Places are computed in 64 bits whatever the image's dtype. Where the map is not finite (on the horizon of a projection)
 * or leads 2³¹ pixels away, the result is `cval` in all modes; with orders above 1 `clip` takes it
 * into the image's range.
 *
 * @param image any dtype and channels, each by itself; integers become intensities unless `preserveRange`.
 * @param inverseMap from the result to the image: a transform, or its 3 × 3 matrix for `[column, row, 1]`; a function from `[column, row]` to
 * `[column, row]`, which is called for each pixel, row by row; or an image of the result's size and two channels, the row and the column of each place.
 * @returns `outputShape`, with the image's channels; the image's dtype with order 0, else `float64` for `float64` input and
 * `float32` for others.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`, `ERR_IMAGE_LIMIT` for 2³¹ samples or more.
 */
export const warp: Operation<(image: Image, inverseMap: InverseMap, options?: WarpOptions) => Image> = dispatchable(
  "transform.warp",
  { on: [0], options: 2, optionNames: OPTIONS },
  function warp(image: Image, inverseMap: InverseMap, options?: WarpOptions): Image {
    checkSamples(image);
    return warped(image, resolveWarp(image, inverseMap, options));
  },
);

/** `warp`, by what was resolved. */
export function warped(image: Image, resolved: ResolvedWarp): Image {
  const { map, order, width } = resolved;
  if (map instanceof Float64Array) {
    return sampled(image, resolved, ([column, row]) => {
      const at = 2 * (row * width + column);
      return [map[at + 1]!, map[at]!];
    });
  }
  // With order 0 the last bit decides which pixel is the nearest, and scikit-image has NumPy multiply.
  const placeOf = order === 0 ? multiplied : applied;
  return sampled(image, resolved, (pixel) => placeOf(map, pixel), order === 3 ? cubic : spline);
}

/** An image of which each pixel is looked up at a place, column first. */
export function sampled(
  image: Image,
  resolved: ResolvedInterpolation & { readonly height: number; readonly width: number },
  placeOf: PlaceOf,
  interpolant: typeof spline = spline,
): Image {
  const { height, width, order, mode, cval, clip, dtype } = resolved;
  const { channels } = image;
  const source = numbers(image, resolved);
  const grid = interpolant(source, image, order, mode, cval);
  const result = new Float64Array(height * width * channels);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = placeOf([column, row]);
      const there = Math.abs(x) < 2 ** 31 && Math.abs(y) < 2 ** 31;
      const tapsAt = (place: number, length: number): Taps =>
        grid.tapsAt(order === 0 ? foldedPlace(mode, place, length) : place);
      const [across, down] = there ? [tapsAt(x, image.width), tapsAt(y, image.height)] : [[], []];
      const columns = across.map(([index]) => borderIndex(mode, index, grid.width));
      const rows = down.map(([index]) => borderIndex(mode, index, grid.height));
      // A sum of weights times `cval` might miss it by a bit, and the range of the result with it.
      const outside = !rows.some((r) => r >= 0) || !columns.some((c) => c >= 0);
      for (let channel = 0; channel < channels; channel++) {
        const at = (r: number, c: number): number =>
          rows[r]! < 0 || columns[c]! < 0
            ? cval
            : grid.data[(rows[r]! * grid.width + columns[c]!) * channels + channel]!;
        const line = (r: number): number => across.reduce((sum, [, weight], c) => sum + weight * at(r, c), 0);
        result[(row * width + column) * channels + channel] = outside
          ? cval
          : down.reduce((sum, [, weight], r) => sum + weight * line(r), 0);
      }
    }
  }
  // Nothing else leads out of the range but where there is no place, which stays `cval`.
  if (clip && (order > 1 || mode === "constant")) clipToRange(result, source, mode, cval);
  return resultImage(result, dtype, image, height, width);
}

/** Bicubic interpolation of the samples themselves: Keys's (1981) with a = -½. */
function cubic(data: Samples, { height, width }: { height: number; width: number }): Interpolant {
  const tapsAt = (place: number): Taps => {
    const first = Math.floor(place);
    const t = place - first;
    const all = [
      [first - 1, t * (-0.5 + t * (1 - 0.5 * t))],
      [first, 1 + t * t * (-2.5 + 1.5 * t)],
      [first + 1, t * (0.5 + t * (2 - 1.5 * t))],
      [first + 2, t * t * (-0.5 + 0.5 * t)],
    ] as const;
    // What has no weight does not matter, infinities and NaN included.
    return all.filter(([, weight]) => weight !== 0);
  };
  return { data, height, width, tapsAt };
}

const EXPECTED = "a transform, a 3 × 3 matrix, a function, or an image of places: two channels, row and column";

function resolveMap(operation: string, inverseMap: unknown, height: number, width: number): Matrix | Float64Array {
  if (inverseMap instanceof ProjectiveTransform) return inverseMap.params;
  if (Array.isArray(inverseMap)) return readMatrix(operation, "inverseMap", inverseMap);
  if (inverseMap instanceof Image) return Float64Array.from(inverseMap.data);
  if (typeof inverseMap === "function") return placesBy(operation, inverseMap as PlaceOf, height, width);
  const expected = isImage(inverseMap) ? "an Image: places lie in main memory where image does" : EXPECTED;
  throw new ImageError("ERR_IMAGE_OPTION", `${operation}: inverseMap is ${display(inverseMap)}; expected ${expected}`);
}

function checkPlaces(operation: string, places: ImageHeader, height: number, width: number): void {
  if (places instanceof Image) checkSamples(places);
  if (places.height === height && places.width === width && places.channels === 2) return;
  const given = `${places.height} × ${places.width} × ${places.channels}`;
  const problem = `inverseMap is an image of ${given}; expected ${height} × ${width} × 2, as outputShape has it`;
  throw new ImageError("ERR_IMAGE_SHAPE", `${operation}: ${problem}`);
}

/** Where a function takes each pixel. */
function placesBy(operation: string, placeOf: PlaceOf, height: number, width: number): Float64Array {
  const places = new Float64Array(2 * height * width);
  let at = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const place: unknown = placeOf([column, row]);
      if (!Array.isArray(place) || place.length !== 2 || ![...place].every((value) => typeof value === "number")) {
        const problem = `inverseMap gives ${display(place)} for [${column}, ${row}]; expected [column, row]`;
        throw new ImageError("ERR_IMAGE_OPTION", `${operation}: ${problem}`);
      }
      [places[at + 1], places[at]] = place as [number, number];
      at += 2;
    }
  }
  return places;
}
