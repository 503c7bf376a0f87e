import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { type Eigenvalues, eigenvaluesOf, resolveEigenvalues } from "./eigenvalues.ts";
import type { MatrixElements } from "./matrix-elements.ts";

/**
 * The eigenvalues of the Hessian, the curvatures: scikit-image's `hessian_matrix_eigvals`.
 *
 * @param elements as `feature.hessianMatrix` gives them, in either order: three images of one channel, one shape and one float dtype.
 * @returns two images of their shape and dtype.
 * @throws ImageError `ERR_IMAGE_DTYPE` for anything but three images of floats, `ERR_IMAGE_SHAPE` for several channels or shapes that
 * differ, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const hessianMatrixEigvals: Operation<
  (elements: Readonly<MatrixElements>, options?: DispatchOptions) => Eigenvalues
> = dispatchable(
  "feature.hessianMatrixEigvals",
  { on: [[0, "*"]], optionNames: [] },
  function hessianMatrixEigvals(elements: Readonly<MatrixElements>, options?: DispatchOptions): Eigenvalues {
    resolveEigenvalues("feature.hessianMatrixEigvals", elements, options);
    return eigenvaluesOf(elements);
  },
);
