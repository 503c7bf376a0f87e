import { type ImageHeader, requireChannelAxis } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { isFiniteNumber, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import {
  checkSize,
  INTERPOLATION_OPTIONS,
  type InterpolationOptions,
  OUTPUT_SHAPE,
  type OutputShape,
  readInterpolation,
  type ResolvedInterpolation,
  sizeOf,
} from "./interpolation.ts";
import { sampled } from "./warp.ts";

/** Options of `transform.warpPolar`. */
export interface WarpPolarOptions extends InterpolationOptions {
  /** Row and column of the centre. Default, or `null`: the middle of the image. */
  center?: readonly [row: number, column: number] | null;
  /** Of the circle that the result shows, above 0. Default, or `null`: half the image's diagonal. */
  radius?: number | null;
  /** `[rows, columns]` of the result, one number for both; the image's channels may follow. Default, or `null`: 360, and the radius rounded up. */
  outputShape?: OutputShape | null;
  /** How columns go outwards: by equal distances, or by equal ratios of distances from 1 on. Default `"linear"`. */
  scaling?: "linear" | "log";
  /** 2 or -1: warp each channel by itself. An image of several channels needs it. */
  channelAxis?: 2 | -1 | null;
}

/** What `transform.warpPolar` is to do, checked and with defaults. */
export interface ResolvedWarpPolar extends ResolvedInterpolation {
  readonly center: readonly [row: number, column: number];
  /** How far each column is from the centre. */
  readonly radii: Float64Array;
  /** The cosine and the sine of each row's angle. */
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
  readonly height: number;
  readonly width: number;
}

const OPERATION = "transform.warpPolar";
const OPTIONS: readonly string[] = [
  "center",
  "radius",
  "outputShape",
  "scaling",
  "channelAxis",
  ...INTERPOLATION_OPTIONS,
];

/** Checks the arguments of `transform.warpPolar` and applies the defaults. */
export function resolveWarpPolar(image: ImageHeader, options?: WarpPolarOptions): ResolvedWarpPolar {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const interpolation = readInterpolation(read, image, "constant");
  const center = readCenter(read) ?? ([image.height / 2 - 0.5, image.width / 2 - 0.5] as const);
  const diagonal = Math.sqrt((image.height / 2) ** 2 + (image.width / 2) ** 2);
  const radius = (read.value("radius") ?? null) === null ? diagonal : read.number("radius", 0);
  if (radius <= 0) throw read.invalid("radius", radius, "a finite number above 0, or null");
  const given = read.value("outputShape") ?? [360, Math.ceil(radius)];
  const size = sizeOf(given, image);
  if (!size) throw read.invalid("outputShape", given, `${OUTPUT_SHAPE}, or null`);
  const scaling = read.oneOf("scaling", "linear", ["linear", "log"]);
  requireChannelAxis(OPERATION, image, read.oneOf("channelAxis", null, [2, -1, null]), "warp each channel by itself");
  checkSize(OPERATION, "outputShape", size, image);
  const [height, width] = size;
  const perTurn = height / (2 * Math.PI);
  const perRadius = width / (scaling === "linear" ? radius : Math.log(radius));
  const angles = Float64Array.from({ length: height }, (_, row) => row / perTurn);
  return {
    ...interpolation,
    center,
    radii: Float64Array.from({ length: width }, (_, column) =>
      scaling === "linear" ? column / perRadius : Math.exp(column / perRadius),
    ),
    cosines: angles.map(Math.cos),
    sines: angles.map(Math.sin),
    height,
    width,
  };
}

/**
 * An image in polar coordinates: scikit-image's `warp_polar`, a `warp`.
 *
 * Rows of the result are angles, from that of the columns' direction to that of the rows' and on all the way round; columns are distances from
 * the centre, or with `scaling: "log"` their logarithms, up to `radius`. As in {@link warp}, pixels beyond the edge are what `mode` says, one by
 * one; but order 3 is a spline as those above 1 all are.
 *
 * @param image any dtype; several channels with `channelAxis`. Integers become intensities unless `preserveRange`.
 * @returns `outputShape`, with the image's channels; the image's dtype with order 0, else `float64` for `float64` input and `float32` for others.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels without `channelAxis`, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`, `ERR_IMAGE_LIMIT` for
 * 2³¹ samples or more.
 */
export const warpPolar: Operation<(image: Image, options?: WarpPolarOptions) => Image> = dispatchable(
  OPERATION,
  { on: [0], optionNames: OPTIONS },
  function warpPolar(image: Image, options?: WarpPolarOptions): Image {
    checkSamples(image);
    const resolved = resolveWarpPolar(image, options);
    const { center, radii, cosines, sines } = resolved;
    return sampled(image, resolved, ([column, row]) => [
      radii[column]! * cosines[row]! + center[1],
      radii[column]! * sines[row]! + center[0],
    ]);
  },
);

function readCenter(read: OptionReader): readonly [number, number] | null {
  const given = read.value("center") ?? null;
  if (given === null || (Array.isArray(given) && given.length === 2 && [...given].every(isFiniteNumber))) {
    return given as readonly [number, number] | null;
  }
  throw read.invalid("center", given, "[row, column], finite numbers, or null");
}
