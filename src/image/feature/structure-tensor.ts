import type { Border } from "../border.ts";
import { type Axis, axesOf, blurred, correlate, gaussianKernels, readSigma } from "../filters/blur.ts";
import type { ImageHeader } from "../header.ts";
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

/** Options of `feature.structureTensor`. */
export interface StructureTensorOptions extends MatrixOptions {}

const OPTIONS: readonly string[] = ["sigma", "mode", "cval", "order", "out"];
/** The Gaussian's kernel is cut at so many deviations. */
const TRUNCATE = 4;
/** Across a derivative: Sobel's weights, not normalised, as SciPy has them. */
const SMOOTHING = Float64Array.of(1, 2, 1);

/** Checks the arguments of `feature.structureTensor` and applies the defaults. */
export function resolveStructureTensor(image: ImageHeader, options?: StructureTensorOptions): ResolvedMatrix {
  const operation = "feature.structureTensor";
  return resolveTensor(operation, new OptionReader(operation, options, OPTIONS), image);
}

/** The tensor that an operation is made of, with defaults for those options that it does not have. */
export function resolveTensor(operation: string, read: OptionReader, image: ImageHeader): ResolvedMatrix {
  return resolveMatrix(operation, read, image, gaussianKernels(operation, readSigma(read, "sigma"), TRUNCATE));
}

/**
 * The structure tensor: scikit-image's `structure_tensor`.
 *
 * The products of the derivatives down the rows and along the columns, averaged by a Gaussian cut at four deviations.
 * Derivatives are SciPy's `sobel`: the difference of the neighbours on both sides, weighed by [1 2 1] across it and not normalised.
 * A NaN spreads as far as these and the Gaussian reach.
 *
 * @param image one channel, any dtype and any size; integers become intensities first.
 * @returns three images of the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT` for a kernel radius above
 * 65535, `ERR_IMAGE_BUFFER`.
 */
export const structureTensor: Operation<(image: Image, options?: StructureTensorOptions) => MatrixElements> =
  dispatchable(
    "feature.structureTensor",
    { on: [0], optionNames: OPTIONS },
    function structureTensor(image: Image, options?: StructureTensorOptions): MatrixElements {
      checkSamples(image);
      const resolved = resolveStructureTensor(image, options);
      return elementsFrom(tensorOf(image, resolved), image, resolved);
    },
  );

/** The reference of the tensor, by (row, column). */
export function tensorOf(
  image: Image,
  resolved: ResolvedMatrix,
): [rr: Float64Array, rc: Float64Array, cc: Float64Array] {
  const { mode, cval, scale } = resolved;
  const source = scaled(image, scale);
  const [rows, columns] = axesOf(image);
  const down = derivative(source, rows, columns, mode, cval);
  const across = derivative(source, columns, rows, mode, cval);
  const averaged = (first: Float64Array, second: Float64Array): Float64Array =>
    blurred(
      first.map((value, i) => value * second[i]!),
      image,
      resolved,
      mode,
      cval,
    );
  return [averaged(down, down), averaged(down, across), averaged(across, across)];
}

/** Differences along one axis, smoothed along the other; beyond its edges lies `cval` again, not a difference of it. */
function derivative(source: Float64Array, along: Axis, across: Axis, mode: Border, cval: number): Float64Array {
  return correlate(differences(source, along, Float64Array.of(1), mode, cval), across, SMOOTHING, mode, cval);
}
