import { addon } from "../../../addon.ts";
import { cornerHarris, type CornerHarrisOptions, resolveCornerHarris } from "../../feature/corner-harris.ts";
import {
  cornerShiTomasi,
  type CornerShiTomasiOptions,
  resolveCornerShiTomasi,
} from "../../feature/corner-shi-tomasi.ts";
import { resolveEigenvalues } from "../../feature/eigenvalues.ts";
import { hessianMatrix, type HessianMatrixOptions, resolveHessianMatrix } from "../../feature/hessian-matrix.ts";
import { hessianMatrixEigvals } from "../../feature/hessian-matrix-eigvals.ts";
import { inOrder, type ResolvedMatrix } from "../../feature/matrix-elements.ts";
import {
  resolveStructureTensor,
  structureTensor,
  type StructureTensorOptions,
} from "../../feature/structure-tensor.ts";
import { structureTensorEigenvalues } from "../../feature/structure-tensor-eigenvalues.ts";
import { GpuImage } from "../../gpu-image.ts";
import type { DispatchOptions } from "../../system.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { type Argument, onGpu, recorded } from "./recorded.ts";

/** Bytes of a pixel of the tensor, whose elements lie side by side. */
const TENSOR_BYTES = 12;

wgpu.implement(
  structureTensor,
  (image: Argument, options?: StructureTensorOptions): unknown => {
    const operation = "feature.structureTensor";
    const resolved = resolveStructureTensor(image, options);
    const elements = onGpu(operation, [image], (gpu) => addon.gpuStructureTensor(gpu, tensorOf(resolved)));
    return inOrder(elements, resolved.order).map((element) => new GpuImage(element));
  },
  {
    shouldRun: (context, image, options) =>
      decide(context, [image], TENSOR_BYTES, () => resolveStructureTensor(image, options)),
  },
);

wgpu.implement(
  hessianMatrix,
  (image: Argument, options?: HessianMatrixOptions): unknown => {
    const operation = "feature.hessianMatrix";
    const { order, useGaussianDerivatives, ...resolved } = resolveHessianMatrix(image, options);
    const { sigma, radius, mode, cval } = resolved;
    const checked = { sigma, radius, mode, cval, order, useGaussianDerivatives };
    const elements = onGpu(operation, [image], (gpu) => addon.gpuHessianMatrix(gpu, checked));
    return inOrder(elements, order).map((element) => new GpuImage(element));
  },
  {
    shouldRun: (context, image, options) =>
      decide(context, [image], 4, () => {
        const { radius, useGaussianDerivatives } = resolveHessianMatrix(image, options);
        return useGaussianDerivatives ? { radius, wide: radius } : { radius };
      }),
  },
);

wgpu.implement(
  cornerHarris,
  (image: Argument, options?: CornerHarrisOptions): unknown => {
    const resolved = resolveCornerHarris(image, options);
    const { method, k, eps } = resolved;
    const [measure, parameter] = method === "k" ? (["harris", k] as const) : (["noble", eps] as const);
    return recorded("feature.cornerHarris", [image], (gpu) =>
      addon.gpuCorners(gpu, tensorOf(resolved), measure, parameter),
    );
  },
  {
    shouldRun: (context, image, options) =>
      decide(context, [image], TENSOR_BYTES, () => resolveCornerHarris(image, options)),
  },
);

wgpu.implement(
  cornerShiTomasi,
  (image: Argument, options?: CornerShiTomasiOptions): unknown => {
    const resolved = resolveCornerShiTomasi(image, options);
    return recorded("feature.cornerShiTomasi", [image], (gpu) =>
      addon.gpuCorners(gpu, tensorOf(resolved), "shiTomasi", 0),
    );
  },
  {
    shouldRun: (context, image, options) =>
      decide(context, [image], TENSOR_BYTES, () => resolveCornerShiTomasi(image, options)),
  },
);

for (const [operation, fn, matrix] of [
  ["feature.hessianMatrixEigvals", hessianMatrixEigvals, "hessian"],
  ["feature.structureTensorEigenvalues", structureTensorEigenvalues, "structureTensor"],
] as const) {
  wgpu.implement(
    fn,
    (elements: readonly Argument[], options?: DispatchOptions): unknown => {
      resolveEigenvalues(operation, elements, options);
      const [a, b, c] = elements as [Argument, Argument, Argument];
      const both = onGpu(operation, [a, b, c], (...handles) => addon.gpuEigenvalues(matrix, ...handles));
      return both.map((image) => new GpuImage(image));
    },
    { shouldRun: (context, elements) => decide(context, elements, 4) },
  );
}

function tensorOf({ sigma, radius, mode, cval }: ResolvedMatrix): Parameters<typeof addon.gpuCorners>[1] {
  return { sigma, radius, mode, cval };
}
