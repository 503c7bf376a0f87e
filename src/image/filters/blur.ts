// What the functions that blur with a Gaussian have in common.
import { type Border, borderIndices } from "../border.ts";
import { ImageError } from "../errors.ts";
import { type ImageHeader, requireChannelAxis } from "../header.ts";
import { isFiniteNumber, type OptionReader } from "../options.ts";

/** A Gaussian, by axis. */
export interface GaussianKernels {
  /** Standard deviations in pixels. */
  readonly sigma: readonly [row: number, column: number];
  /** How far the kernels reach; an axis of radius 0 is left alone. */
  readonly radius: readonly [row: number, column: number];
}

/** Kernels beyond this radius are refused: a slip in `sigma` or `truncate`, and minutes of work. */
const MAX_RADIUS = 65_535;

/** What {@link sigmaPair} takes, for messages. */
export const SIGMA = "a finite number of at least 0, or two of them: [row, column]";

/** A standard deviation for both axes, or one for each; `null` for anything else. */
export function sigmaPair(value: unknown): [row: number, column: number] | null {
  const pair: unknown[] = Array.isArray(value) ? [...value] : [value, value];
  const fits = pair.length === 2 && pair.every((sigma) => isFiniteNumber(sigma) && sigma >= 0);
  return fits ? (pair as [number, number]) : null;
}

/** The standard deviations that an option holds. */
export function readSigma(
  read: OptionReader,
  name: string,
  fallback: readonly [row: number, column: number] = [1, 1],
): readonly [row: number, column: number] {
  const given = read.value(name);
  if (given === undefined) return fallback;
  const sigma = sigmaPair(given);
  if (sigma === null) throw read.invalid(name, given, SIGMA);
  return sigma;
}

/** Reads `channelAxis`; refuses an image of several channels without it, with `ERR_IMAGE_SHAPE`. */
export function readChannelAxis(operation: string, read: OptionReader, image: ImageHeader): void {
  const channelAxis = read.oneOf("channelAxis", null, [2, -1, null]);
  requireChannelAxis(operation, image, channelAxis, "blur each channel by itself");
}

/** Kernels cut at so many deviations; `ERR_IMAGE_LIMIT` where they are too large. */
export function gaussianKernels(
  operation: string,
  sigma: readonly [row: number, column: number],
  truncate: number,
): GaussianKernels {
  const radius = sigma.map((deviation) => kernelRadius(deviation, truncate)) as [number, number];
  if (Math.max(...radius) > MAX_RADIUS) {
    const problem = `sigma ${Math.max(...sigma)} and truncate ${truncate} make a kernel of radius ${Math.max(...radius)}`;
    throw new ImageError("ERR_IMAGE_LIMIT", `${operation}: ${problem}; at most ${MAX_RADIUS} is accepted`);
  }
  return { sigma, radius };
}

/** Samples blurred, each channel by itself. */
export function blurred(
  samples: Float64Array,
  header: Omit<ImageHeader, "dtype">,
  { sigma, radius }: GaussianKernels,
  mode: Border,
  cval: number,
): Float64Array {
  const weights = [gaussianKernel(sigma[0], radius[0]), gaussianKernel(sigma[1], radius[1])] as const;
  return separable(samples, header, weights, mode, cval);
}

/** Samples weighed, each channel by itself: first down the rows, then along them. */
export function separable(
  samples: Float64Array,
  header: Omit<ImageHeader, "dtype">,
  [down, across]: readonly [down: Float64Array, across: Float64Array],
  mode: Border,
  cval: number,
): Float64Array {
  const [rows, columns] = axesOf(header);
  return correlate(correlate(samples, rows, down, mode, cval), columns, across, mode, cval);
}

/** An image as an array of which one axis is the middle one. */
export interface Axis {
  readonly lines: number;
  readonly length: number;
  readonly samples: number;
}

/** An image along its rows' axis, and along its columns'. */
export function axesOf({ width, height, channels }: Omit<ImageHeader, "dtype">): [rows: Axis, columns: Axis] {
  return [
    { lines: 1, length: height, samples: width * channels },
    { lines: height, length: width, samples: channels },
  ];
}

/** The `2 · radius + 1` weights of a Gaussian, which sum to 1. */
export function gaussianKernel(sigma: number, radius: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    i === radius ? 1 : Math.exp((-0.5 / (sigma * sigma)) * (i - radius) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight);
  return weights.map((weight) => weight / sum);
}

/**
 * Weighs the neighbours along the middle axis of a `lines × length × samples` array. Where the weights are the same on both sides,
 * neighbours at one distance are added first, as in SciPy: a mirrored image has a mirrored result, to the last bit.
 */
export function correlate(
  source: Float64Array,
  { lines, length, samples }: Axis,
  weights: Float64Array,
  border: Border,
  cval: number,
): Float64Array {
  if (weights.length === 1) return source;
  const last = weights.length - 1;
  const indices = borderIndices(border, length, last / 2);
  const result = new Float64Array(source.length);
  const sums: readonly (readonly [k: number, mirrored?: number])[] = weights.every(
    (weight, k) => weight === weights[last - k],
  )
    ? [[last / 2], ...Array.from({ length: last / 2 }, (_, k): [number, number] => [k, last - k])]
    : Array.from(weights, (_, k): [number] => [k]);
  for (let line = 0; line < lines; line++) {
    /** Where the samples lie that the source has for a place in the line; -1 for the constant. */
    const offset = (index: number): number => (index < 0 ? -1 : (line * length + index) * samples);
    for (let i = 0; i < length; i++) {
      const to = offset(i);
      for (const [k, mirrored] of sums) {
        const from = offset(indices[i + k]!);
        const other = mirrored === undefined ? undefined : offset(indices[i + mirrored]!);
        for (let s = 0; s < samples; s++) {
          let value = from < 0 ? cval : source[from + s]!;
          if (other !== undefined) value += other < 0 ? cval : source[other + s]!;
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
