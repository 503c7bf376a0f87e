import { type Border, borderIndices, SCIPY_BORDERS } from "../border.ts";
import { ImageError } from "../errors.ts";
import { type ImageHeader, shape } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import { isFiniteNumber, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";

/** Options of `filters.gaussian`. */
export interface GaussianOptions extends DispatchOptions {
  /** Standard deviation in pixels, or one for rows and one for columns; 0 leaves an axis alone. Default 1. */
  sigma?: number | readonly [row: number, column: number];
  /** What lies beyond the edge. Default `"nearest"`. */
  mode?: Border;
  /** The intensity beyond the edge with mode `"constant"`, on the scale of the result. Default 0. */
  cval?: number;
  /** Keep integer samples as they are instead of scaling them to [0, 1] or [-1, 1]. Default false. */
  preserveRange?: boolean;
  /** The radius of the kernel in standard deviations. Default 4. */
  truncate?: number;
  /** 2 or -1: blur each channel by itself. An image of several channels needs it. */
  channelAxis?: 2 | -1 | null;
}

/** What `filters.gaussian` is to do, checked and with defaults. */
export interface ResolvedGaussian {
  /** Standard deviations by axis. */
  readonly sigma: readonly [row: number, column: number];
  /** Kernel radii by axis; an axis of radius 0 is left alone. */
  readonly radius: readonly [row: number, column: number];
  readonly mode: Border;
  readonly cval: number;
  /** Factor from sample to intensity; 1 with `preserveRange`. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

/** Kernels beyond this radius are refused: a slip in `sigma` or `truncate`, and minutes of work. */
const MAX_RADIUS = 65_535;

const OPTIONS: readonly string[] = ["sigma", "mode", "cval", "preserveRange", "truncate", "channelAxis"];

/** Checks the arguments of `filters.gaussian` and applies the defaults. */
export function resolveGaussian(image: ImageHeader, options?: GaussianOptions): ResolvedGaussian {
  const read = new OptionReader("filters.gaussian", options, OPTIONS);
  const sigma = readSigma(read);
  const truncate = read.number("truncate", 4, 0);
  const mode = SCIPY_BORDERS[read.oneOf("mode", "nearest", Object.keys(SCIPY_BORDERS) as Border[])];
  const cval = read.number("cval", 0);
  const preserveRange = read.boolean("preserveRange", false);
  const channelAxis = read.oneOf("channelAxis", null, [2, -1, null]);
  if (image.channels > 1 && channelAxis === null) {
    const problem = `image has shape ${shape(image)}; pass channelAxis: 2 to blur each channel by itself`;
    throw new ImageError("ERR_IMAGE_SHAPE", `filters.gaussian: ${problem}`);
  }
  const radius = sigma.map((deviation) => kernelRadius(deviation, truncate)) as [number, number];
  if (Math.max(...radius) > MAX_RADIUS) {
    const problem = `sigma ${Math.max(...sigma)} and truncate ${truncate} make a kernel of radius ${Math.max(...radius)}`;
    throw new ImageError("ERR_IMAGE_LIMIT", `filters.gaussian: ${problem}; at most ${MAX_RADIUS} is accepted`);
  }
  const scale = preserveRange ? 1 : INTENSITY_SCALE[image.dtype];
  return { sigma, radius, mode, cval, scale, dtype: floatDType(image.dtype) };
}

/**
 * An image blurred by a Gaussian: scikit-image's `gaussian`, which is `scipy.ndimage.gaussian_filter`.
 *
 * One pass along rows' direction, one along columns', each with a sampled, normalised exponential of radius
 * ⌊truncate · sigma + ½⌋. A NaN spreads as far as the kernel reaches.
 *
 * @param image any dtype; several channels with `channelAxis`. Integers become intensities unless `preserveRange`.
 * @returns the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels without `channelAxis`, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT`
 * for a kernel radius above 65535, `ERR_IMAGE_BUFFER`.
 */
export const gaussian: Operation<(image: Image, options?: GaussianOptions) => Image> = dispatchable(
  "filters.gaussian",
  { on: [0], optionNames: OPTIONS },
  function gaussian(image: Image, options?: GaussianOptions): Image {
    checkSamples(image);
    const { sigma, radius, mode, cval, scale, dtype } = resolveGaussian(image, options);
    const { width, height, channels } = image;
    const alongRow = { lines: height, length: width, samples: channels };
    const alongColumn = { lines: 1, length: height, samples: width * channels };
    let blurred = scaled(image, scale);
    blurred = correlate(blurred, alongColumn, gaussianKernel(sigma[0], radius[0]), mode, cval);
    blurred = correlate(blurred, alongRow, gaussianKernel(sigma[1], radius[1]), mode, cval);
    return rounded(blurred, dtype, image);
  },
);

/** The `2 · radius + 1` weights of a Gaussian, which sum to 1. */
export function gaussianKernel(sigma: number, radius: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    i === radius ? 1 : Math.exp((-0.5 / (sigma * sigma)) * (i - radius) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight);
  return weights.map((weight) => weight / sum);
}

/** Weighs the neighbours along the middle axis of a `lines × length × samples` array. */
function correlate(
  source: Float64Array,
  { lines, length, samples }: { lines: number; length: number; samples: number },
  weights: Float64Array,
  border: Border,
  cval: number,
): Float64Array {
  if (weights.length === 1) return source;
  const indices = borderIndices(border, length, (weights.length - 1) / 2);
  const result = new Float64Array(source.length);
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      const to = (line * length + i) * samples;
      for (let k = 0; k < weights.length; k++) {
        const index = indices[i + k]!;
        const from = (line * length + index) * samples;
        for (let s = 0; s < samples; s++) {
          const value = index < 0 ? cval : source[from + s]!;
          result[to + s] = result[to + s]! + weights[k]! * value;
        }
      }
    }
  }
  return result;
}

function kernelRadius(sigma: number, truncate: number): number {
  // SciPy's: so small a deviation counts as none, and a product that overflows is refused by the limit.
  return sigma > 1e-15 ? Math.floor(truncate * sigma + 0.5) : 0;
}

function readSigma(read: OptionReader): [number, number] {
  const given = read.value("sigma");
  if (given === undefined) return [1, 1];
  const pair: unknown[] = Array.isArray(given) ? [...given] : [given, given];
  if (pair.length === 2 && pair.every((value) => isFiniteNumber(value) && value >= 0)) return pair as [number, number];
  throw read.invalid("sigma", given, "a finite number of at least 0, or two of them: [row, column]");
}
