import { type Border, SCIPY_BORDERS } from "../border.ts";
import { eigenvaluesAt } from "../feature/eigenvalues.ts";
import { derivativeKernels, derivativeWeights, gaussianHessian } from "../feature/hessian-matrix.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, rounded } from "../intensity.ts";
import { isFiniteNumber, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { gaussianKernel, type GaussianKernels } from "./blur.ts";

/** Options of `filters.frangi`. */
export interface FrangiOptions extends OutOptions {
  /** Standard deviations in pixels of the scales to look at, each above 0. Default `[1, 3, 5, 7, 9]`. */
  sigmas?: readonly number[];
  /** Instead of `sigmas`, with `scaleStep`: the first of the standard deviations, and what all lie below. Default `null`. */
  scaleRange?: readonly [first: number, end: number] | null;
  /** How far one standard deviation of `scaleRange` is above the one before it. Default `null`. */
  scaleStep?: number | null;
  /** How sensitive to what differs from a plate, which images of two dimensions have none of: changes nothing. Default 0.5. */
  alpha?: number;
  /** How sensitive to what differs from a blob, above 0. Default 0.5. */
  beta?: number;
  /** How sensitive to contrast, above 0, in the unit of samples per square pixel. Default `null`: half of the greatest norm of a Hessian at the first scale. */
  gamma?: number | null;
  /** Look for ridges that are darker than what is beside them; else for brighter ones. Default true. */
  blackRidges?: boolean;
  /** What lies beyond the edge. Default `"reflect"`. */
  mode?: Border;
  /** The sample beyond the edge with mode `"constant"`; its negative where ridges are bright. Default 0. */
  cval?: number;
}

/** What `filters.frangi` is to do, checked and with defaults. */
export interface ResolvedFrangi {
  /** Those of each scale's two derivatives. */
  readonly scales: readonly GaussianKernels[];
  readonly beta: number;
  readonly gamma: number | null;
  readonly blackRidges: boolean;
  readonly mode: Border;
  readonly cval: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPERATION = "filters.frangi";
const OPTIONS: readonly string[] = [
  "sigmas",
  "scaleRange",
  "scaleStep",
  "alpha",
  "beta",
  "gamma",
  "blackRidges",
  "mode",
  "cval",
  "out",
];
/** Far more than an image has scales: a step is not to fill the memory with them. */
const MOST_SCALES = 65536;

/** Checks the arguments of `filters.frangi` and applies the defaults. */
export function resolveFrangi(image: ImageHeader, options?: FrangiOptions): ResolvedFrangi {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const sigmas = readScales(read) ?? readSigmas(read);
  read.number("alpha", 0.5);
  const beta = aboveZero(read, "beta", 0.5);
  const gamma = read.value("gamma") === null ? null : aboveZero(read, "gamma", null, ", or null");
  const blackRidges = read.boolean("blackRidges", true);
  const mode = read.oneOf("mode", "reflect", SCIPY_BORDERS);
  const cval = read.number("cval", 0);
  requireOneChannel(OPERATION, image);
  const scales = sigmas.map((sigma) => derivativeKernels(OPERATION, [sigma, sigma]));
  return { scales, beta, gamma, blackRidges, mode, cval, dtype: floatDType(image.dtype) };
}

/**
 * How much each pixel is part of a ridge, such as a vessel: scikit-image's `frangi`.
 *
 * From the eigenvalues of the Hessian (`feature.hessianMatrix` with `useGaussianDerivatives`) at each scale, in 64 bits; the greatest of
 * the scales counts. Where a sample is NaN and there is no `gamma`, all is NaN. A. F. Frangi, W. J. Niessen, K. L. Vincken and M. A.
 * Viergever, "Multiscale vessel enhancement filtering", MICCAI, 1998.
 *
 * @param image one channel, any dtype; samples as they are.
 * @returns the same shape, 0 to 1; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT` for a kernel radius above
 * 65535, `ERR_IMAGE_BUFFER`.
 */
export const frangi: Operation<(image: Image, options?: FrangiOptions) => Image> = dispatchable(
  OPERATION,
  { on: [0], optionNames: OPTIONS },
  function frangi(image: Image, options?: FrangiOptions): Image {
    checkSamples(image);
    const { scales, beta, gamma: given, blackRidges, mode, cval, dtype } = resolveFrangi(image, options);
    const source = Float64Array.from(image.data, (sample) => (blackRidges ? sample : -sample));
    const result = new Float64Array(source.length);
    let gamma = given;
    for (const kernels of scales) {
      const [rr, rc, cc] = gaussianHessian(source, image, { ...kernels, mode, cval, order: "rc" });
      const eigenvalues = Array.from(rr, (first, i) => eigenvaluesAt(first, rc[i]!, cc[i]!));
      const squares = eigenvalues.map(([larger, smaller]) => larger * larger + smaller * smaller);
      gamma ??= halfNorm(squares);
      for (const [i, square] of squares.entries()) {
        const value = blobness(eigenvalues[i]!, beta) * (1 - Math.exp(-square / (2 * gamma * gamma)));
        result[i] = Math.max(result[i]!, value);
      }
    }
    return rounded(result, dtype, { width: image.width, height: image.height });
  },
);

/** A scale's weights of the Gaussian and of its derivative, from the centre outwards: every backend takes these, as another last bit would make other ridges. */
export function outwardScales({ scales }: ResolvedFrangi): { gaussian: number[]; derivative: number[] }[] {
  return scales.map(({ sigma: [sigma], radius: [radius] }) => {
    const kernel = gaussianKernel(sigma, radius);
    return { gaussian: [...kernel.subarray(radius)], derivative: [0, ...derivativeWeights(kernel, sigma)] };
  });
}

/** Half of the greatest root; 1 where all is flat, and `gamma` does not matter. */
function halfNorm(squares: readonly number[]): number {
  const half = Math.sqrt(squares.reduce((most, square) => Math.max(most, square), 0)) / 2;
  return half === 0 ? 1 : half;
}

/** How much an eigenvalue outweighs the other: nothing where it is negative, across a ridge that is bright. */
function blobness([larger, smaller]: readonly [number, number], beta: number): number {
  const [least, most] = Math.abs(larger) > Math.abs(smaller) ? [smaller, larger] : [larger, smaller];
  const ratio = Math.abs(least) / Math.max(most, 1e-10);
  return Math.exp(-(ratio * ratio) / (2 * beta * beta));
}

function readSigmas(read: OptionReader): readonly number[] {
  const given: unknown = read.value("sigmas") ?? [1, 3, 5, 7, 9];
  const sigmas: unknown[] = Array.isArray(given) ? [...(given as unknown[])] : [];
  if (sigmas.length > 0 && sigmas.every(isAboveZero)) return sigmas;
  throw read.invalid("sigmas", given, "an array of numbers above 0");
}

/** The deviations of a range, as NumPy's `arange` has them; `null` without one. */
function readScales(read: OptionReader): readonly number[] | null {
  const [range, step] = [read.value("scaleRange") ?? null, read.value("scaleStep") ?? null];
  if (range === null && step === null) return null;
  const [first, end]: unknown[] = Array.isArray(range) && range.length === 2 ? [...(range as unknown[])] : [];
  if (!isAboveZero(first) || !isFiniteNumber(end) || end <= first)
    throw read.invalid("scaleRange", range, "[first, end] with scaleStep, the first above 0 and below the end");
  if (!isAboveZero(step)) throw read.invalid("scaleStep", step, "a finite number above 0 with scaleRange");
  const count = Math.ceil((end - first) / step);
  if (count > MOST_SCALES)
    throw read.invalid("scaleStep", step, `one that makes of scaleRange ${MOST_SCALES} scales at most`);
  // Its step is what the second one is above the first in 64 bits.
  const between = first + step - first;
  return Array.from({ length: count }, (_, i) => first + i * between);
}

function isAboveZero(value: unknown): value is number {
  return isFiniteNumber(value) && value > 0;
}

function aboveZero<T>(read: OptionReader, name: string, fallback: T, also = ""): number | T {
  const value = read.value(name);
  if (value === undefined) return fallback;
  if (isAboveZero(value)) return value;
  throw read.invalid(name, value, `a finite number above 0${also}`);
}
