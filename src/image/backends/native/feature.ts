import { canny, outwardWeights, resolveCanny } from "../../feature/canny.ts";
import { cornerHarris, resolveCornerHarris } from "../../feature/corner-harris.ts";
import { cornerShiTomasi, resolveCornerShiTomasi } from "../../feature/corner-shi-tomasi.ts";
import { resolveEigenvalues } from "../../feature/eigenvalues.ts";
import { hessianMatrix, resolveHessianMatrix } from "../../feature/hessian-matrix.ts";
import { hessianMatrixEigvals } from "../../feature/hessian-matrix-eigvals.ts";
import { inOrder, type MatrixOptions, type ResolvedMatrix } from "../../feature/matrix-elements.ts";
import { resolveStructureTensor, structureTensor } from "../../feature/structure-tensor.ts";
import { structureTensorEigenvalues } from "../../feature/structure-tensor-eigenvalues.ts";
import { checkSamples, type Image } from "../../image.ts";
import { floatDType } from "../../intensity.ts";
import { bytesOf } from "../../mask.ts";
import { destination, destinations, type OutOptions } from "../../out.ts";
import type { Steps } from "../steps.ts";
import { sizeOf } from "../addon-call.ts";
import { implement, kernel, type Kernels } from "./implement.ts";

type Floats = Float32Array | Float64Array;

implement(canny, function* (image, options) {
  checkSamples(image);
  const { sigma, radius, mask, ...resolved } = resolveCanny(image, options);
  const weights = outwardWeights({ sigma, radius });
  const out = destination("feature.canny", options, "uint8", { width: image.width, height: image.height });
  yield* kernel("feature.canny", (addon) =>
    addon.cpuCanny(image.data, ...sizeOf(image), { ...resolved, ...weights }, bytesOf(mask), out.data),
  );
  return out;
});

implement(structureTensor, function* (image, options) {
  checkSamples(image);
  const resolved = resolveStructureTensor(image, options);
  const { sigma, radius, mode, cval } = resolved;
  return yield* elements("feature.structureTensor", image, options, resolved, (addon, ...out) =>
    addon.cpuStructureTensor(image.data, ...sizeOf(image), { sigma, radius, mode, cval }, ...out),
  );
});

implement(hessianMatrix, function* (image, options) {
  checkSamples(image);
  const resolved = resolveHessianMatrix(image, options);
  const { sigma, radius, mode, cval, order, useGaussianDerivatives } = resolved;
  const checked = { sigma, radius, mode, cval, order, useGaussianDerivatives };
  return yield* elements("feature.hessianMatrix", image, options, resolved, (addon, ...out) =>
    addon.cpuHessianMatrix(image.data, ...sizeOf(image), checked, ...out),
  );
});

implement(cornerHarris, function* (image, options) {
  checkSamples(image);
  const resolved = resolveCornerHarris(image, options);
  const { method, k, eps } = resolved;
  const [measure, parameter] = method === "k" ? (["harris", k] as const) : (["noble", eps] as const);
  return yield* corners("feature.cornerHarris", image, options, resolved, measure, parameter);
});

implement(cornerShiTomasi, function* (image, options) {
  checkSamples(image);
  return yield* corners(
    "feature.cornerShiTomasi",
    image,
    options,
    resolveCornerShiTomasi(image, options),
    "shiTomasi",
    0,
  );
});

for (const [operation, fn] of Object.entries({
  "feature.hessianMatrixEigvals": hessianMatrixEigvals,
  "feature.structureTensorEigenvalues": structureTensorEigenvalues,
})) {
  implement(fn, function* (matrices, options) {
    resolveEigenvalues(operation, matrices, options);
    const [{ width, height, dtype }] = matrices;
    const [a, b, c] = matrices.map((element) => element.data as Floats) as [Floats, Floats, Floats];
    const eigenvalue = { dtype: floatDType(dtype), width, height };
    const out = destinations(operation, options, [eigenvalue, eigenvalue]);
    const [larger, smaller] = out;
    yield* kernel(operation, (addon) =>
      addon.cpuEigenvalues(a, b, c, ...sizeOf(matrices[0]), larger.data, smaller.data),
    );
    return out;
  });
}

function* elements(
  operation: string,
  { width, height }: Image,
  options: MatrixOptions | undefined,
  { order, dtype }: ResolvedMatrix,
  run: (addon: Kernels, rr: Floats, rc: Floats, cc: Floats) => void,
): Steps<unknown> {
  const element = { dtype, width, height };
  const out = destinations(operation, options, [element, element, element]);
  const [rr, rc, cc] = inOrder(out, order);
  yield* kernel(operation, (addon) => run(addon, rr.data, rc.data, cc.data));
  return out;
}

function* corners(
  operation: string,
  image: Image,
  options: OutOptions | undefined,
  { sigma, radius, mode, cval, dtype }: ResolvedMatrix,
  measure: Parameters<Kernels["cpuCorners"]>[5],
  parameter: number,
): Steps<Image> {
  const out = destination(operation, options, dtype, { width: image.width, height: image.height });
  const tensor = { sigma, radius, mode, cval };
  yield* kernel(operation, (addon) =>
    addon.cpuCorners(image.data, ...sizeOf(image), tensor, measure, parameter, out.data),
  );
  return out;
}
