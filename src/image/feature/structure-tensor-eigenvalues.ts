import { ONLY_OUT } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { type Eigenvalues, type EigenvaluesOptions, eigenvaluesOf, resolveEigenvalues } from "./eigenvalues.ts";
import type { MatrixElements } from "./matrix-elements.ts";

/**
 * The eigenvalues of the structure tensor: scikit-image's `structure_tensor_eigenvalues`.
 *
 * @param elements as `feature.structureTensor` gives them, in either order: three images of one channel, one shape and one float dtype.
 * @returns two images of their shape and dtype.
 * @throws ImageError `ERR_IMAGE_DTYPE` for anything but three images of floats, `ERR_IMAGE_SHAPE` for several channels or shapes that
 * differ, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const structureTensorEigenvalues: Operation<
  (elements: Readonly<MatrixElements>, options?: EigenvaluesOptions) => Eigenvalues
> = dispatchable(
  "feature.structureTensorEigenvalues",
  { on: [[0, "*"]], optionNames: ONLY_OUT },
  function structureTensorEigenvalues(elements: Readonly<MatrixElements>, options?: EigenvaluesOptions): Eigenvalues {
    resolveEigenvalues("feature.structureTensorEigenvalues", elements, options);
    return eigenvaluesOf(elements);
  },
);
