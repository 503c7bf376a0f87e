import { ImageError } from "../errors.ts";
import {
  type Axis,
  axesOf,
  blurred,
  correlate,
  gaussianKernel,
  gaussianKernels,
  type GaussianKernels,
  readSigma,
} from "../filters/blur.ts";
import { type ImageHeader, shape } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { scaled } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { differences } from "./differences.ts";
import {
  elementsFrom,
  type MatrixElements,
  type MatrixOptions,
  type ResolvedMatrix,
  resolveMatrix,
} from "./matrix-elements.ts";

/** Options of `feature.hessianMatrix`. */
export interface HessianMatrixOptions extends MatrixOptions {
  /** Weigh by derivatives of the Gaussian, instead of taking differences of the blurred image. Default false, as is `null`. */
  useGaussianDerivatives?: boolean | null;
}

/** What `feature.hessianMatrix` is to do, checked and with defaults. */
export interface ResolvedHessianMatrix extends ResolvedMatrix {
  /** Derivatives of the Gaussian: then the kernels are those of each of two steps. */
  readonly useGaussianDerivatives: boolean;
}

type Elements = [rr: Float64Array, rc: Float64Array, cc: Float64Array];

const OPTIONS: readonly string[] = ["sigma", "mode", "cval", "order", "useGaussianDerivatives", "out"];

/** Checks the arguments of `feature.hessianMatrix` and applies the defaults. */
export function resolveHessianMatrix(image: ImageHeader, options?: HessianMatrixOptions): ResolvedHessianMatrix {
  const operation = "feature.hessianMatrix";
  const read = new OptionReader(operation, options, OPTIONS);
  const sigma = readSigma(read, "sigma");
  const useGaussianDerivatives =
    read.value("useGaussianDerivatives") === null ? false : read.boolean("useGaussianDerivatives", false);
  const resolve = (kernels: GaussianKernels): ResolvedHessianMatrix => ({
    ...resolveMatrix(operation, read, image, kernels),
    useGaussianDerivatives,
  });
  if (useGaussianDerivatives) {
    if (Math.min(...sigma) <= 0) {
      throw read.invalid("sigma", read.value("sigma"), "a number above 0, or two, with useGaussianDerivatives");
    }
    return resolve(derivativeKernels(operation, sigma));
  }
  const resolved = resolve(gaussianKernels(operation, sigma, 4));
  if (image.height < 2 || image.width < 2) {
    const expected = "at least 2 × 2 to take differences; useGaussianDerivatives: true takes any size";
    throw new ImageError("ERR_IMAGE_SHAPE", `${operation}: image has shape ${shape(image)}; expected ${expected}`);
  }
  return resolved;
}

/** The kernels of each of two steps, which together are a Gaussian of this deviation. */
export function derivativeKernels(operation: string, sigma: readonly [row: number, column: number]): GaussianKernels {
  // scikit-image cuts the narrow ones at 100 deviations, so as to lose nothing; beyond 39 all weights are 0 in 64 bits.
  const truncate = sigma.every((deviation) => deviation > 1) ? 8 : 39;
  return gaussianKernels(operation, [sigma[0] * Math.SQRT1_2, sigma[1] * Math.SQRT1_2], truncate);
}

/**
 * The second derivatives of an image, blurred by a Gaussian: scikit-image's `hessian_matrix`.
 *
 * Without `useGaussianDerivatives` the Gaussian is cut at four deviations, and derivatives are halves of the differences of the
 * neighbours on both sides, or at an edge the difference of the two pixels there. With it the image is weighed twice by the first
 * derivative of a Gaussian of `sigma` / √2, cut at eight deviations, or at 39 where a `sigma` is 1 or less.
 *
 * @param image one channel, any dtype; at least 2 × 2 unless `useGaussianDerivatives`. Integers become intensities first.
 * @returns three images of the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels and too small an image, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT` for a
 * kernel radius above 65535, `ERR_IMAGE_BUFFER`.
 */
export const hessianMatrix: Operation<(image: Image, options?: HessianMatrixOptions) => MatrixElements> = dispatchable(
  "feature.hessianMatrix",
  { on: [0], optionNames: OPTIONS },
  function hessianMatrix(image: Image, options?: HessianMatrixOptions): MatrixElements {
    checkSamples(image);
    const resolved = resolveHessianMatrix(image, options);
    const { scale, mode, cval, useGaussianDerivatives } = resolved;
    const source = scaled(image, scale);
    const hessian = useGaussianDerivatives
      ? gaussianHessian(source, image, resolved)
      : hessianOf(blurred(source, image, resolved, mode, cval), image);
    return elementsFrom(hessian, image, resolved);
  },
);

/**
 * The reference of the Hessian by derivatives of a Gaussian. What lies beyond the edges comes in again at the second step, so that it
 * matters for the mixed element which one is first.
 */
export function gaussianHessian(
  source: Float64Array,
  header: ImageHeader,
  { sigma, radius, mode, cval, order }: Omit<ResolvedMatrix, "scale" | "dtype">,
): Elements {
  const axes = axesOf(header);
  const derivative = (samples: Float64Array, axis: 0 | 1): Float64Array =>
    axes.reduce((result, along, i) => {
      const kernel = gaussianKernel(sigma[i]!, radius[i]!);
      if (i !== axis) return correlate(result, along, kernel, mode, cval);
      return differences(result, along, derivativeWeights(kernel, sigma[i]), mode, cval);
    }, samples);
  const [down, across] = [derivative(source, 0), derivative(source, 1)];
  const mixed = order === "rc" ? derivative(down, 1) : derivative(across, 0);
  return [derivative(down, 0), mixed, derivative(across, 1)];
}

/** Of a Gaussian the weights that its derivative has for differences at distance 1, 2…: another last bit may make other ridges of flat images. */
export function derivativeWeights(kernel: Float64Array, sigma: number): Float64Array {
  const variance = sigma * sigma;
  return kernel.subarray((kernel.length + 1) / 2).map((weight, d) => (weight * (d + 1)) / variance);
}

function hessianOf(smooth: Float64Array, header: ImageHeader): Elements {
  const [rows, columns] = axesOf(header);
  const [down, across] = [gradient(smooth, rows), gradient(smooth, columns)];
  return [gradient(down, rows), gradient(down, columns), gradient(across, columns)];
}

/** Half of the difference between the neighbours along the middle axis; NumPy's `gradient`. */
function gradient(source: Float64Array, { lines, length, samples }: Axis): Float64Array {
  const result = new Float64Array(source.length);
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      const [before, after] = [Math.max(i - 1, 0), Math.min(i + 1, length - 1)];
      for (let s = 0; s < samples; s++) {
        const at = (index: number): number => (line * length + index) * samples + s;
        result[at(i)] = (source[at(after)]! - source[at(before)]!) / (after - before);
      }
    }
  }
  return result;
}
