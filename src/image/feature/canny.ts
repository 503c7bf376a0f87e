import { type Border, SCIPY_BORDERS } from "../border.ts";
import {
  blurred,
  correlate,
  gaussianKernel,
  type GaussianKernels,
  gaussianKernels,
  readSigma,
} from "../filters/blur.ts";
import { connectedToStrong, STRONG, WEAK } from "../filters/hysteresis.ts";
import { type ImageHeader, requireOneChannel, requireSameSize } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { INTENSITY_SCALE, scaled } from "../intensity.ts";
import { readMask } from "../mask.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { INTEGER_LIMITS } from "../sample-range.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";

/** Options of `feature.canny`. */
export interface CannyOptions extends OutOptions<Image<Uint8Array>> {
  /** Standard deviation of the Gaussian in pixels, or one for rows and one for columns. Default 1. */
  sigma?: number | readonly [row: number, column: number];
  /**
   * The least gradient of an edge, in the image's units; with `useQuantiles` a share of all gradients, from 0 to 1. Default, or `null`: a
   * tenth of what the dtype spans above 0 (0.1 of floats), or 0.1.
   */
  lowThreshold?: number | null;
  /** The least gradient that some pixel of an edge must have. Not below `lowThreshold`. Default, or `null`: a fifth, or 0.2. */
  highThreshold?: number | null;
  /** Where it is 0 the image is left out: one channel of the same size. Default `null`: nowhere. */
  mask?: Image | null;
  /** Take thresholds for quantiles of the gradient. Default false. */
  useQuantiles?: boolean;
  /** What lies beyond the edge of the image for the Gaussian. Default `"constant"`, which is made up for. */
  mode?: Border;
  /** The intensity beyond the edge with mode `"constant"`. Default 0. */
  cval?: number;
}

/** What `feature.canny` is to do, checked and with defaults. */
export interface ResolvedCanny extends GaussianKernels {
  /** Thresholds of gradients of intensities, or with `useQuantiles` shares. */
  readonly low: number;
  readonly high: number;
  readonly useQuantiles: boolean;
  readonly mask: Image | null;
  readonly mode: Border;
  readonly cval: number;
  /** Factor from sample to intensity. */
  readonly scale: number;
}

const OPERATION = "feature.canny";
const OPTIONS: readonly string[] = [
  "sigma",
  "lowThreshold",
  "highThreshold",
  "mask",
  "useQuantiles",
  "mode",
  "cval",
  "out",
];
/** Thresholds of intensities, and shares of gradients, where none are given. */
const [LOW, HIGH] = [0.1, 0.2];
/** SciPy's Sobel filter, which is not normalised. */
const DIFFERENCE = Float64Array.of(-1, 0, 1);
const SMOOTHING = Float64Array.of(1, 2, 1);

/** Checks the arguments of `feature.canny` and applies the defaults. */
export function resolveCanny(image: ImageHeader, options?: CannyOptions): ResolvedCanny {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const sigma = readSigma(read, "sigma");
  const useQuantiles = read.boolean("useQuantiles", false);
  const largest = useQuantiles ? 1 : (INTEGER_LIMITS[image.dtype]?.[1] ?? 1);
  const threshold = (name: string): number | null =>
    (read.value(name) ?? null) === null ? null : read.number(name, 0, ...(useQuantiles ? [0, 1] : []));
  const [low, high] = [threshold("lowThreshold"), threshold("highThreshold")];
  const [weakest, strongest] = [low ?? LOW * largest, high ?? HIGH * largest];
  if (strongest < weakest) {
    const given = `option highThreshold is ${strongest}${high === null ? " by default" : ""}`;
    throw read.error(`${given}; expected at least lowThreshold, ${weakest}`);
  }
  const mode = read.oneOf("mode", "constant", SCIPY_BORDERS);
  const cval = read.number("cval", 0);
  const mask = readMask(read);
  requireOneChannel(OPERATION, image);
  if (mask) requireSameSize(OPERATION, mask, image, "mask", "image");
  const kernels = gaussianKernels(OPERATION, sigma, 4);
  return {
    ...kernels,
    low: low === null ? LOW : low / largest,
    high: high === null ? HIGH : high / largest,
    useQuantiles,
    mask,
    mode,
    cval,
    scale: INTENSITY_SCALE[image.dtype],
  };
}

/**
 * Edges, one pixel wide: scikit-image's `canny`, in 64 bits for all dtypes.
 *
 * The image is smoothed; where its gradient, by Sobel's filter, is not below what it is, interpolated, on either side across the edge,
 * and not below `lowThreshold`, there is an edge, if its pixels lead, by edges or corners, to one that is not below `highThreshold` (J. Canny,
 * "A computational approach to edge detection", 1986). What the Gaussian takes in from beyond the mask, or with mode `"constant"` from beyond
 * the image, is made up for. The outermost pixels, of the image and of the mask, are never an edge.
 *
 * As there, `lowThreshold` is rounded to 32 bits. Where gradients are equal but for rounding, as on both sides of a sharp step, rounding decides which
 * is the edge; all backends round alike.
 *
 * @param image one channel, any dtype; integers become intensities first.
 * @returns `uint8` of 0 and 1, the same shape.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels or a mask of another size, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT` for a kernel
 * radius above 65535, `ERR_IMAGE_BUFFER`.
 */
export const canny: Operation<(image: Image, options?: CannyOptions) => Image<Uint8Array>> = dispatchable(
  OPERATION,
  { on: [0], optionNames: OPTIONS },
  function canny(image: Image, options?: CannyOptions): Image<Uint8Array> {
    checkSamples(image);
    const resolved = resolveCanny(image, options);
    const { width, height } = image;
    const alongRow = { lines: height, length: width, samples: 1 };
    const alongColumn = { lines: 1, length: height, samples: width };
    const smooth = smoothed(image, resolved);
    const down = correlate(correlate(smooth, alongColumn, DIFFERENCE, "reflect", 0), alongRow, SMOOTHING, "reflect", 0);
    const right = correlate(
      correlate(smooth, alongRow, DIFFERENCE, "reflect", 0),
      alongColumn,
      SMOOTHING,
      "reflect",
      0,
    );
    const magnitude = down.map((d, i) => Math.sqrt(d * d + right[i]! * right[i]!));
    const [low, high] = thresholds(magnitude, resolved);
    const strength = new Uint8Array(magnitude.length);
    for (const pixel of inner(image, resolved.mask)) {
      const here = magnitude[pixel]!;
      if (!(here >= low) || !isCrest(pixel, magnitude, down, right, width)) continue;
      strength[pixel] = here >= high ? STRONG : WEAK;
    }
    return new Image(connectedToStrong(strength, image, 2), { width, height });
  },
);

/** The intensities blurred, less what they took in from where there is no image. */
function smoothed(image: Image, { mask, mode, cval, scale, ...kernels }: ResolvedCanny): Float64Array {
  const intensities = scaled(image, scale);
  mask?.data.forEach((sample: number, i: number) => {
    if (sample === 0) intensities[i] = 0;
  });
  const result = blurred(intensities, image, kernels, mode, cval);
  if (!mask && mode !== "constant") return result;
  const present = Float64Array.from(intensities, (_, i) => (!mask || mask.data[i] !== 0 ? 1 : 0));
  const share = blurred(present, image, kernels, mode, cval);
  return result.map((value, i) => value / (share[i]! + Number.EPSILON));
}

/**
 * The weights of both Gaussians, from the centre outwards: every backend takes these, as another last bit would make other edges.
 */
export function outwardWeights({ sigma, radius }: GaussianKernels): { down: number[]; across: number[] } {
  const outward = (axis: 0 | 1): number[] => [...gaussianKernel(sigma[axis], radius[axis]).subarray(radius[axis])];
  return { down: outward(0), across: outward(1) };
}

/** The least gradient of an edge, and of its strongest pixel. */
function thresholds(magnitude: Float64Array, { low, high, useQuantiles }: ResolvedCanny): [low: number, high: number] {
  if (useQuantiles) {
    const sorted = magnitude.toSorted();
    [low, high] = [quantile(sorted, low), quantile(sorted, high)];
  }
  // What is no gradient at all is no edge either.
  return [Math.fround(low) || Math.fround(1e-14), high];
}

/** What a share of numbers, in ascending order, lies below: NumPy's `percentile` of 100 times the share. */
export function quantile(sorted: Float64Array, share: number): number {
  const last = sorted.length - 1;
  if (Number.isNaN(sorted[last])) return Number.NaN;
  const place = last * ((100 * share) / 100);
  const below = Math.min(Math.floor(place), last);
  const [a, b] = [sorted[below]!, sorted[Math.min(below + 1, last)]!];
  const t = place - below;
  return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

/** The pixels whose eight neighbours lie in the image and in the mask, as they do. */
function* inner({ width, height }: Image, mask: Image | null): Generator<number> {
  const around = [-1, 0, 1].flatMap((row) => [-1, 0, 1].map((column) => row * width + column));
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      const pixel = row * width + column;
      if (!mask || around.every((offset) => mask.data[pixel + offset] !== 0)) yield pixel;
    }
  }
}

/** Whether the gradient is nowhere greater at one pixel's distance along it, interpolated between two neighbours each. */
function isCrest(
  pixel: number,
  magnitude: Float64Array,
  down: Float64Array,
  right: Float64Array,
  width: number,
): boolean {
  const [vertical, horizontal] = [Math.abs(down[pixel]!), Math.abs(right[pixel]!)];
  const falling = down[pixel]! > 0 === right[pixel]! > 0;
  const steep = vertical > horizontal || (vertical === horizontal && !falling);
  const diagonal = (falling ? width : -width) + 1;
  const straight = steep ? diagonal - 1 : 1;
  const weight = steep ? horizontal / vertical : vertical / horizontal;
  return [1, -1].every(
    (side) =>
      magnitude[pixel + side * diagonal]! * weight + magnitude[pixel + side * straight]! * (1 - weight) <=
      magnitude[pixel]!,
  );
}
