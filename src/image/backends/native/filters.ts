import { addon } from "../../../addon.ts";
import { applyHysteresisThreshold, resolveApplyHysteresisThreshold } from "../../filters/apply-hysteresis-threshold.ts";
import { differenceOfGaussians, resolveDifferenceOfGaussians } from "../../filters/difference-of-gaussians.ts";
import { resolveEdges } from "../../filters/edges.ts";
import { farid } from "../../filters/farid.ts";
import { frangi, resolveFrangi } from "../../filters/frangi.ts";
import { gabor, resolveGabor } from "../../filters/gabor.ts";
import { gaussian, resolveGaussian } from "../../filters/gaussian.ts";
import { laplace, resolveLaplace } from "../../filters/laplace.ts";
import { median, resolveMedian } from "../../filters/median.ts";
import { prewitt } from "../../filters/prewitt.ts";
import { scharr } from "../../filters/scharr.ts";
import { sobel } from "../../filters/sobel.ts";
import { resolveUnsharpMask, unsharpMask } from "../../filters/unsharp-mask.ts";
import { checkSamples, Image, type Samples } from "../../image.ts";
import { destination } from "../../out.ts";
import { callAddon } from "../addon-call.ts";
import { floats } from "./allocation.ts";
import { native } from "./backend.ts";

native.implement(applyHysteresisThreshold, (image, low, high, options) => {
  checkSamples(image);
  const thresholds = resolveApplyHysteresisThreshold(image, low, high, options);
  const out = destination("filters.applyHysteresisThreshold", options, "uint8", {
    width: image.width,
    height: image.height,
  });
  callAddon("filters.applyHysteresisThreshold", () =>
    addon.cpuApplyHysteresisThreshold(image.data, image, thresholds.low, thresholds.high, out.data),
  );
  return out;
});

native.implement(gabor, (image, frequency, options) => {
  checkSamples(image);
  const { dtype, ...checked } = resolveGabor(image, frequency, options);
  const { width, height } = image;
  const out = floats(dtype, 2 * width * height);
  callAddon("filters.gabor", () => addon.cpuGabor(image.data, image, checked, out));
  const part = (first: number): Image =>
    new Image<Samples>(out.subarray(first, first + width * height), { width, height });
  return { real: part(0), imag: part(width * height) };
});

native.implement(gaussian, (image, options) => {
  checkSamples(image);
  const { sigma, radius, mode, cval, scale, dtype } = resolveGaussian(image, options);
  const out = destination("filters.gaussian", options, dtype, image);
  const checked = { sigma, radius, mode, cval, preserveRange: scale === 1 };
  callAddon("filters.gaussian", () => addon.cpuGaussian(image.data, image, checked, out.data));
  return out;
});

for (const [operator, filter] of Object.entries({ farid, prewitt, scharr, sobel })) {
  const operation = `filters.${operator}`;
  native.implement(filter, (image, options) => {
    checkSamples(image);
    const { axis, mode, cval, dtype } = resolveEdges(operation, image, options);
    const out = destination(operation, options, dtype, image);
    const checked = { operator, mode, cval, ...(axis !== null && { axis }) };
    callAddon(operation, () => addon.cpuEdges(image.data, image, checked, out.data));
    return out;
  });
}

native.implement(laplace, (image, options) => {
  checkSamples(image);
  const { dtype } = resolveLaplace(image, options);
  const out = destination("filters.laplace", options, dtype, image);
  callAddon("filters.laplace", () => addon.cpuLaplace(image.data, image, out.data));
  return out;
});

native.implement(median, (image, options) => {
  checkSamples(image);
  const { footprint, mode, cval } = resolveMedian(image, options);
  const { height, width, cells } = footprint;
  const out = destination("filters.median", options, image.dtype, image);
  callAddon("filters.median", () => addon.cpuMedian(image.data, image, { height, width, mode, cval }, cells, out.data));
  return out;
});

native.implement(differenceOfGaussians, (image, lowSigma, options) => {
  checkSamples(image);
  const { low, high, mode, cval, dtype } = resolveDifferenceOfGaussians(image, lowSigma, options);
  const out = destination("filters.differenceOfGaussians", options, dtype, image);
  const kernels = { lowSigma: low.sigma, lowRadius: low.radius, highSigma: high.sigma, highRadius: high.radius };
  callAddon("filters.differenceOfGaussians", () =>
    addon.cpuDifferenceOfGaussians(image.data, image, { ...kernels, mode, cval }, out.data),
  );
  return out;
});

native.implement(unsharpMask, (image, options) => {
  checkSamples(image);
  const { sigma, radius, amount, clip, dtype } = resolveUnsharpMask(image, options);
  const out = destination("filters.unsharpMask", options, dtype, image);
  const checked = { sigma, radius, amount, preserveRange: !clip };
  callAddon("filters.unsharpMask", () => addon.cpuUnsharpMask(image.data, image, checked, out.data));
  return out;
});

native.implement(frangi, (image, options) => {
  checkSamples(image);
  const { scales, beta, gamma, blackRidges, mode, cval, dtype } = resolveFrangi(image, options);
  const out = destination("filters.frangi", options, dtype, { width: image.width, height: image.height });
  const sigmas = scales.map(({ sigma }) => sigma[0]);
  const radii = scales.map(({ radius }) => radius[0]);
  const checked = { sigmas, radii, beta, blackRidges, mode, cval, ...(gamma !== null && { gamma }) };
  callAddon("filters.frangi", () => addon.cpuFrangi(image.data, image, checked, out.data));
  return out;
});
