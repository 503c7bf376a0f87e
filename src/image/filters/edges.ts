// What the edge filters have in common: sobel, scharr, prewitt and farid differ in their weights only.
import { type Border, borderIndices, SCIPY_BORDERS } from "../border.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import type { GpuImage } from "../gpu-image.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import type { IsMask } from "../mask.ts";
import { OptionReader } from "../options.ts";
import type { OutOptions } from "../out.ts";
import { clipEdges, readEdgeMask } from "./edge-mask.ts";

/** Options of the edge filters. */
export interface EdgeOptions extends OutOptions {
  /**
   * Other than 0 where edges count; the rest, and what it touches, becomes 0. One channel, the image's size; for an image on the GPU it may
   * lie there too. Default: everywhere.
   */
  mask?: Image | GpuImage | null;
  /** 0: the derivative down the rows; 1: along the columns; both of them, `null` or missing: the magnitude of both. */
  axis?: 0 | 1 | readonly (0 | 1)[] | null;
  /** What lies beyond the edge. Default `"reflect"`. */
  mode?: Border;
  /** The intensity beyond the edge with mode `"constant"`, within what 32-bit floats can square. Default 0. */
  cval?: number;
}

/** What an edge filter is to do, checked and with defaults. */
export interface ResolvedEdges<M = Image> {
  readonly mask: M | null;
  readonly axis: 0 | 1 | null;
  readonly mode: Border;
  readonly cval: number;
  /** Factor from sample to intensity. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

/** The weights of an edge filter; both lists go outwards from the pixel and hold for either side. */
export interface EdgeWeights {
  /** Along the derivative: of the differences between the neighbours at distance 1, 2… */
  readonly difference: readonly number[];
  /** Across it: of the pixel's own line, and of those at distance 1, 2… They sum to 1. */
  readonly smoothing: readonly number[];
}

/** Names of the edge filters' options. */
export const EDGE_OPTIONS: readonly string[] = ["mask", "axis", "mode", "cval", "out"];

/** Checks the arguments of an edge filter and applies the defaults. */
export function resolveEdges<M extends ImageHeader = Image>(
  operation: string,
  image: ImageHeader,
  options?: EdgeOptions,
  isMask?: IsMask<M>,
): ResolvedEdges<M> {
  const read = new OptionReader(operation, options, EDGE_OPTIONS);
  const axis = readAxis(read);
  const mode = read.oneOf("mode", "reflect", SCIPY_BORDERS);
  const scale = INTENSITY_SCALE[image.dtype];
  // Kernels compute in 32 bits, on the scale of the samples, and square sums of a few: beyond this they overflow.
  const largest = image.dtype === "float64" ? Infinity : 1e18 * scale;
  const cval = read.number("cval", 0, -largest, largest);
  requireOneChannel(operation, image);
  const mask = readEdgeMask(operation, read, image, isMask);
  return { mask, axis, mode, cval, scale, dtype: floatDType(image.dtype) };
}

/** The axis of the derivative; `null` for both. */
function readAxis(read: OptionReader): 0 | 1 | null {
  const axis = read.value("axis") ?? null;
  const axes: readonly unknown[] = Array.isArray(axis) ? axis : axis === null ? [0, 1] : [axis];
  const known = axes.every((one) => one === 0 || one === 1);
  if (known && axes.length > 0 && new Set(axes).size === axes.length) return axes.length === 2 ? null : axes[0]!;
  throw read.invalid("axis", axis, "0, 1, an array of one or both of them, or null");
}

/** The reference of an edge filter. */
export function findEdges(
  operation: string,
  image: Image,
  options: EdgeOptions | undefined,
  { difference, smoothing }: EdgeWeights,
): Image {
  checkSamples(image);
  const { mask, axis, mode, cval, scale, dtype } = resolveEdges(operation, image, options);
  const { width, height } = image;
  const radius = difference.length;
  const source = padded(scaled(image, scale), width, height, { radius, mode, cval });
  const stride = width + 2 * radius;
  const edges = new Float64Array(width * height);
  /** The derivative at a place, where neighbours lie `along` it and `across` it. */
  const derivative = (at: number, along: number, across: number): number => {
    let sum = 0;
    for (let i = 1; i <= radius; i++) {
      for (let j = -radius; j <= radius; j++) {
        const beside = at + j * across;
        const [before, after] = [source[beside - i * along]!, source[beside + i * along]!];
        sum += difference[i - 1]! * smoothing[Math.abs(j)]! * (after - before);
      }
    }
    return sum;
  };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = (row + radius) * stride + column + radius;
      const down = axis === 1 ? 0 : derivative(at, stride, 1);
      const right = axis === 0 ? 0 : derivative(at, 1, stride);
      edges[row * width + column] =
        axis === 0 ? down : axis === 1 ? right : Math.sqrt((down * down + right * right) / 2);
    }
  }
  const result = rounded(edges, dtype, { width, height });
  clipEdges(result, mask);
  return result;
}

/** The image with a border of `radius` pixels around it. */
export function padded(
  source: Float64Array,
  width: number,
  height: number,
  { radius, mode, cval }: { radius: number; mode: Border; cval: number },
): Float64Array {
  const rows = borderIndices(mode, height, radius);
  const columns = borderIndices(mode, width, radius);
  const result = new Float64Array(rows.length * columns.length);
  rows.forEach((row, r) => {
    columns.forEach((column, c) => {
      result[r * columns.length + c] = row < 0 || column < 0 ? cval : source[row * width + column]!;
    });
  });
  return result;
}
