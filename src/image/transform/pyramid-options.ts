// What one step of a pyramid is to do, up or down.
import { type Border, NUMPY_BORDERS } from "../border.ts";
import { gaussianKernels } from "../filters/blur.ts";
import { type ImageHeader, requireChannelAxis } from "../header.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE } from "../intensity.ts";
import { isFiniteNumber, OptionReader } from "../options.ts";
import { checkSize, readConstant } from "./interpolation.ts";
import { SPLINE_ORDERS, type SplineOrder } from "./spline.ts";
import type { OutOptions } from "../out.ts";

/** The modes that both of a pyramid's steps know: one has SciPy's names, the other NumPy's. */
export type PyramidMode = "reflect" | "constant" | "wrap";

/** Options of both steps, besides the factor. */
export interface PyramidOptions extends OutOptions {
  /** Standard deviation of the blur, in pixels of the larger image. Default: a third of the factor. */
  sigma?: number | null;
  /** Of the interpolation: 0 takes the nearest pixel, 1 is linear, those above are splines. Default 1. */
  order?: SplineOrder;
  /** What lies beyond the edge. Default `"reflect"`, with the edge sample twice for the blur and once for the resampling. */
  mode?: PyramidMode;
  /** The value beyond the edge with mode `"constant"`, on the scale of the result. Default 0. */
  cval?: number;
  /** Keep integer samples as they are instead of scaling them to [0, 1] or [-1, 1]. Default false. */
  preserveRange?: boolean;
  /** 2 or -1: the channels are channels. An image of several needs it. */
  channelAxis?: 2 | -1 | null;
}

/** What a step is to do, checked and with defaults. */
export interface ResolvedPyramid {
  readonly height: number;
  readonly width: number;
  readonly order: SplineOrder;
  readonly sigma: readonly [row: number, column: number];
  readonly radius: readonly [row: number, column: number];
  /** Of the blur. */
  readonly blurMode: Border;
  /** Of the resampling. */
  readonly mode: Border;
  readonly cval: number;
  /** Factor from sample to intensity; 1 with `preserveRange`. */
  readonly scale: number;
  readonly dtype: FloatDType;
}

const MODES: readonly PyramidMode[] = ["reflect", "constant", "wrap"];

export const PYRAMID_OPTIONS: readonly string[] = [
  "sigma",
  "order",
  "mode",
  "cval",
  "preserveRange",
  "channelAxis",
  "out",
];

/**
 * Checks the options of a step.
 *
 * @param factor its option's name, and the length that it makes of a side.
 */
export function resolvePyramid(
  operation: string,
  image: ImageHeader,
  options: unknown,
  { name, side }: { readonly name: string; readonly side: (length: number, factor: number) => number },
): ResolvedPyramid {
  const read = new OptionReader(operation, options, [name, ...PYRAMID_OPTIONS]);
  const factor = read.number(name, 2);
  if (factor <= 1) throw read.invalid(name, factor, "a finite number above 1");
  const channelAxis = read.oneOf("channelAxis", null, [2, -1, null]);
  requireChannelAxis(operation, image, channelAxis, "keep their number");
  const given = read.value("sigma") ?? (2 * factor) / 6;
  if (!isFiniteNumber(given) || given < 0) throw read.invalid("sigma", given, "a finite number of at least 0");
  const mode = read.oneOf("mode", "reflect", MODES);
  const dtype = floatDType(image.dtype);
  const size = [side(image.height, factor), side(image.width, factor)] as const;
  checkSize(operation, name, size, image);
  return {
    height: size[0],
    width: size[1],
    order: read.oneOf("order", 1, SPLINE_ORDERS),
    ...gaussianKernels(operation, [given, given], 4),
    blurMode: mode,
    mode: NUMPY_BORDERS[mode],
    cval: readConstant(read, dtype),
    scale: read.boolean("preserveRange", false) ? 1 : INTENSITY_SCALE[image.dtype],
    dtype,
  };
}
