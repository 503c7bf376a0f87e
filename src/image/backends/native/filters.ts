import {
  applyHysteresisThreshold,
  hysteresisOf,
  resolveApplyHysteresisThreshold,
  strengthOf,
} from "../../filters/apply-hysteresis-threshold.ts";
import { differenceOfGaussians, resolveDifferenceOfGaussians } from "../../filters/difference-of-gaussians.ts";
import { clipEdges } from "../../filters/edge-mask.ts";
import { resolveEdges } from "../../filters/edges.ts";
import { farid } from "../../filters/farid.ts";
import { frangi, outwardScales, resolveFrangi } from "../../filters/frangi.ts";
import { gabor, resolveGabor } from "../../filters/gabor.ts";
import { gaussian, resolveGaussian } from "../../filters/gaussian.ts";
import { STRONG, WEAK } from "../../filters/hysteresis.ts";
import { laplace, resolveLaplace } from "../../filters/laplace.ts";
import { median, resolveMedian } from "../../filters/median.ts";
import { type Levels, levelsOf, rankMedianAtEdges } from "../../filters/rank-median.ts";
import { prewitt } from "../../filters/prewitt.ts";
import { scharr } from "../../filters/scharr.ts";
import { sobel } from "../../filters/sobel.ts";
import { resolveUnsharpMask, unsharpMask } from "../../filters/unsharp-mask.ts";
import { checkSamples, Image } from "../../image.ts";
import { destination, destinations } from "../../out.ts";
import type { Steps } from "../steps.ts";
import { sizeOf } from "../addon-call.ts";
import { implement, kernel } from "./implement.ts";

implement(applyHysteresisThreshold, function* (image, low, high, options) {
  const operation = "filters.applyHysteresisThreshold";
  checkSamples(image);
  resolveApplyHysteresisThreshold(image, low, high, options);
  const out = destination(operation, options, "uint8", { width: image.width, height: image.height });
  if (typeof low === "number" && typeof high === "number") {
    const limits = hysteresisOf(image, low, high);
    yield* kernel(operation, (addon) =>
      addon.cpuApplyHysteresisThreshold(image.data, ...sizeOf(image), limits.low, limits.high, out.data),
    );
    return out;
  }
  const strength = strengthOf(image, low, high);
  yield* kernel(operation, (addon) =>
    addon.cpuApplyHysteresisThreshold(strength, ...sizeOf(image), WEAK - 0.5, STRONG - 0.5, out.data),
  );
  return out;
});

implement(gabor, function* (image, frequency, options) {
  checkSamples(image);
  const { dtype, ...checked } = resolveGabor(image, frequency, options);
  const part = { dtype, width: image.width, height: image.height };
  const out = destinations("filters.gabor", options, { real: part, imag: part });
  const { real, imag } = out;
  yield* kernel("filters.gabor", (addon) =>
    addon.cpuGabor(image.data, ...sizeOf(image), checked, real.data, imag.data),
  );
  return out;
});

implement(gaussian, function* (image, options) {
  checkSamples(image);
  const { sigma, radius, mode, cval, scale, dtype } = resolveGaussian(image, options);
  const out = destination("filters.gaussian", options, dtype, image);
  const checked = { sigma, radius, mode, cval, preserveRange: scale === 1 };
  yield* kernel("filters.gaussian", (addon) => addon.cpuGaussian(image.data, ...sizeOf(image), checked, out.data));
  return out;
});

for (const [operator, filter] of Object.entries({ farid, prewitt, scharr, sobel })) {
  const operation = `filters.${operator}`;
  implement(filter, function* (image, options) {
    checkSamples(image);
    const { mask, axis, mode, cval, dtype } = resolveEdges(operation, image, options);
    const out = destination(operation, options, dtype, image);
    const checked = { operator, mode, cval, ...(axis !== null && { axis }) };
    yield* kernel(operation, (addon) => addon.cpuEdges(image.data, ...sizeOf(image), checked, out.data));
    clipEdges(out, mask);
    return out;
  });
}

implement(laplace, function* (image, options) {
  checkSamples(image);
  const { mask, dtype } = resolveLaplace(image, options);
  const out = destination("filters.laplace", options, dtype, image);
  yield* kernel("filters.laplace", (addon) => addon.cpuLaplace(image.data, ...sizeOf(image), out.data));
  clipEdges(out, mask);
  return out;
});

implement(median, function* (image, options) {
  checkSamples(image);
  const operation = "filters.median";
  const { footprint, mode, cval, behavior, dtype } = resolveMedian(image, options);
  const { height, width, cells } = footprint;
  const out = destination(operation, options, dtype, image);
  const levels = behavior === "rank" ? yield* levelsFrom(operation, image) : null;
  const { data } = levels ?? image;
  yield* kernel(operation, (addon) =>
    addon.cpuMedian(data, ...sizeOf(image), { height, width, mode, cval }, cells, out.data),
  );
  if (levels) rankMedianAtEdges(levels, footprint, out.data);
  return out;
});

/** What behaviour `"rank"` takes the medians of. */
function* levelsFrom(operation: string, image: Image): Steps<Levels> {
  const levels = levelsOf(image);
  if (levels) return levels;
  const bytes = new Image(new Uint8Array(image.data.length), image);
  yield* kernel(operation, (addon) => addon.cpuImgAsUbyte(image.data, ...sizeOf(image), bytes.data));
  return bytes;
}

implement(differenceOfGaussians, function* (image, lowSigma, options) {
  checkSamples(image);
  const { low, high, mode, cval, dtype } = resolveDifferenceOfGaussians(image, lowSigma, options);
  const out = destination("filters.differenceOfGaussians", options, dtype, image);
  const kernels = { lowSigma: low.sigma, lowRadius: low.radius, highSigma: high.sigma, highRadius: high.radius };
  yield* kernel("filters.differenceOfGaussians", (addon) =>
    addon.cpuDifferenceOfGaussians(image.data, ...sizeOf(image), { ...kernels, mode, cval }, out.data),
  );
  return out;
});

implement(unsharpMask, function* (image, options) {
  checkSamples(image);
  const { sigma, radius, amount, clip, dtype } = resolveUnsharpMask(image, options);
  const out = destination("filters.unsharpMask", options, dtype, image);
  const checked = { sigma, radius, amount, preserveRange: !clip };
  yield* kernel("filters.unsharpMask", (addon) =>
    addon.cpuUnsharpMask(image.data, ...sizeOf(image), checked, out.data),
  );
  return out;
});

implement(frangi, function* (image, options) {
  checkSamples(image);
  const resolved = resolveFrangi(image, options);
  const { beta, gamma, blackRidges, mode, cval, dtype } = resolved;
  const out = destination("filters.frangi", options, dtype, { width: image.width, height: image.height });
  const scales = outwardScales(resolved);
  const checked = { scales, beta, blackRidges, mode, cval, ...(gamma !== null && { gamma }) };
  yield* kernel("filters.frangi", (addon) => addon.cpuFrangi(image.data, ...sizeOf(image), checked, out.data));
  return out;
});
