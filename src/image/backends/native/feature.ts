import { addon } from "../../../addon.ts";
import { canny, resolveCanny } from "../../feature/canny.ts";
import { cornerHarris, resolveCornerHarris } from "../../feature/corner-harris.ts";
import {
  cornerPeaks,
  type CornerPeaksOptions,
  findCornerPeaks,
  resolveCornerPeaks,
} from "../../feature/corner-peaks.ts";
import { cornerShiTomasi, resolveCornerShiTomasi } from "../../feature/corner-shi-tomasi.ts";
import { type Eigenvalues, resolveEigenvalues } from "../../feature/eigenvalues.ts";
import { hessianMatrix, resolveHessianMatrix } from "../../feature/hessian-matrix.ts";
import { hessianMatrixEigvals } from "../../feature/hessian-matrix-eigvals.ts";
import { inOrder, type MatrixElements, type ResolvedMatrix } from "../../feature/matrix-elements.ts";
import { peakLocalMax, resolvePeakLocalMax } from "../../feature/peak-local-max.ts";
import { findPeaks, type GreatestAround } from "../../feature/peaks.ts";
import { resolveStructureTensor, structureTensor } from "../../feature/structure-tensor.ts";
import { structureTensorEigenvalues } from "../../feature/structure-tensor-eigenvalues.ts";
import { gaussianKernel } from "../../filters/blur.ts";
import { checkSamples, Image, type Samples, zeros } from "../../image.ts";
import { bytesOf } from "../../mask.ts";
import { destination, type OutOptions } from "../../out.ts";
import { callAddon } from "../addon-call.ts";
import { floats } from "./allocation.ts";
import { native } from "./backend.ts";

type Floats = Float32Array | Float64Array;

native.implement(canny, (image, options) => {
  checkSamples(image);
  const { sigma, radius, mask, ...resolved } = resolveCanny(image, options);
  const out = destination("feature.canny", options, "uint8", { width: image.width, height: image.height });
  // The reference's own, as another last bit would make other edges.
  const [down, across] = [0, 1].map((axis) => [
    ...gaussianKernel(sigma[axis]!, radius[axis]!).subarray(radius[axis]),
  ]) as [number[], number[]];
  callAddon("feature.canny", () =>
    addon.cpuCanny(image.data, image, { ...resolved, down, across }, bytesOf(mask), out.data),
  );
  return out;
});

native.implement(structureTensor, (image, options) => {
  checkSamples(image);
  const resolved = resolveStructureTensor(image, options);
  const { sigma, radius, mode, cval } = resolved;
  return elements("feature.structureTensor", image, resolved, (...out) =>
    addon.cpuStructureTensor(image.data, image, { sigma, radius, mode, cval }, ...out),
  );
});

native.implement(hessianMatrix, (image, options) => {
  checkSamples(image);
  const resolved = resolveHessianMatrix(image, options);
  const { sigma, radius, mode, cval, order, useGaussianDerivatives } = resolved;
  const checked = { sigma, radius, mode, cval, order, useGaussianDerivatives };
  return elements("feature.hessianMatrix", image, resolved, (...out) =>
    addon.cpuHessianMatrix(image.data, image, checked, ...out),
  );
});

native.implement(cornerHarris, (image, options) => {
  checkSamples(image);
  const resolved = resolveCornerHarris(image, options);
  const { method, k, eps } = resolved;
  const [measure, parameter] = method === "k" ? (["harris", k] as const) : (["noble", eps] as const);
  return corners("feature.cornerHarris", image, options, resolved, measure, parameter);
});

native.implement(cornerShiTomasi, (image, options) => {
  checkSamples(image);
  return corners("feature.cornerShiTomasi", image, options, resolveCornerShiTomasi(image, options), "shiTomasi", 0);
});

for (const [operation, fn] of Object.entries({
  "feature.hessianMatrixEigvals": hessianMatrixEigvals,
  "feature.structureTensorEigenvalues": structureTensorEigenvalues,
})) {
  native.implement(fn, (matrices, options): Eigenvalues => {
    resolveEigenvalues(operation, matrices, options);
    const [{ data, width, height, dtype }] = matrices;
    const [a, b, c] = matrices.map((element) => element.data as Floats) as [Floats, Floats, Floats];
    const eigenvalue = (): Floats => floats(dtype === "float64" ? dtype : "float32", data.length);
    const out = [eigenvalue(), eigenvalue()] as const;
    callAddon(operation, () => addon.cpuEigenvalues(a, b, c, matrices[0], ...out));
    return out.map((values) => new Image<Samples>(values, { width, height })) as Eigenvalues;
  });
}

native.implement(peakLocalMax, (image, options) => {
  checkSamples(image);
  const resolved = resolvePeakLocalMax(image, options);
  return findPeaks(image, resolved, greatestAround("feature.peakLocalMax"));
});

native.implement(cornerPeaks, (image: Image, options?: CornerPeaksOptions) => {
  checkSamples(image);
  return findCornerPeaks(image, resolveCornerPeaks(image, options), greatestAround("feature.cornerPeaks"));
});

function greatestAround(operation: string): GreatestAround {
  return (image, { height, width, cells }) => {
    const out = zeros(image.dtype, image);
    const checked = { sides: [height, width] as const, cells, mode: "nearest", erosionCval: 0, dilationCval: 0 };
    callAddon(operation, () => addon.cpuMorphology("dilation", image.data, image, checked, out.data));
    return out;
  };
}

function elements(
  operation: string,
  { data, width, height }: Image,
  { order, dtype }: ResolvedMatrix,
  run: (rr: Floats, rc: Floats, cc: Floats) => void,
): MatrixElements {
  const element = (): Floats => floats(dtype, data.length);
  const out = [element(), element(), element()] as const;
  callAddon(operation, () => run(...out));
  return inOrder(out.map((values) => new Image<Samples>(values, { width, height })) as MatrixElements, order);
}

function corners(
  operation: string,
  image: Image,
  options: OutOptions | undefined,
  { sigma, radius, mode, cval, dtype }: ResolvedMatrix,
  measure: Parameters<typeof addon.cpuCorners>[3],
  parameter: number,
): Image {
  const out = destination(operation, options, dtype, { width: image.width, height: image.height });
  const tensor = { sigma, radius, mode, cval };
  callAddon(operation, () => addon.cpuCorners(image.data, image, tensor, measure, parameter, out.data));
  return out;
}
