import { checkSamples, type Image } from "../../image.ts";
import { downscaleLocalMean, resolveDownscaleLocalMean } from "../../transform/downscale-local-mean.ts";
import { integralImage, resolveIntegralImage } from "../../transform/integral-image.ts";
import { pyramidExpand, resolvePyramidExpand } from "../../transform/pyramid-expand.ts";
import type { ResolvedPyramid } from "../../transform/pyramid-options.ts";
import { pyramidReduce, resolvePyramidReduce } from "../../transform/pyramid-reduce.ts";
import { rescale, resolveRescale } from "../../transform/rescale.ts";
import { resize, type ResolvedResize, resolveResize } from "../../transform/resize.ts";
import { resolveRotate, rotate } from "../../transform/rotate.ts";
import { type ResolvedWarp, resolveWarp, warp } from "../../transform/warp.ts";
import { resolveWarpPolar, warpPolar } from "../../transform/warp-polar.ts";
import { destination, type OutOptions } from "../../out.ts";
import type { Steps } from "../steps.ts";
import { implement, kernel } from "./implement.ts";
import { sizeOf } from "../addon-call.ts";
import { reduced } from "./block-reduce.ts";

implement(integralImage, function* (image, options) {
  checkSamples(image);
  resolveIntegralImage(image, options);
  const out = destination("transform.integralImage", options, "float64", { width: image.width, height: image.height });
  yield* kernel("transform.integralImage", (addon) => addon.cpuIntegralImage(image.data, ...sizeOf(image), out.data));
  return out;
});

implement(warp, function* (image, inverseMap, options) {
  checkSamples(image);
  return yield* warped("transform.warp", image, options, resolveWarp(image, inverseMap, options));
});

implement(rotate, function* (image, angle, options) {
  checkSamples(image);
  return yield* warped("transform.rotate", image, options, resolveRotate(image, angle, options));
});

implement(warpPolar, function* (image, options) {
  checkSamples(image);
  const resolved = resolveWarpPolar(image, options);
  const { center, radii, cosines, sines, order, mode, cval, clip, scale, dtype } = resolved;
  const to = sized(image, resolved);
  const out = destination("transform.warpPolar", options, dtype, to);
  const checked = { center, order, mode, cval, clip, preserveRange: scale === 1 };
  yield* kernel("transform.warpPolar", (addon) =>
    addon.cpuWarpPolar(image.data, ...sizeOf(image), checked, radii, cosines, sines, out.data, ...sizeOf(to)),
  );
  return out;
});

implement(resize, function* (image, outputShape, options) {
  checkSamples(image);
  return yield* resized("transform.resize", image, options, resolveResize(image, outputShape, options));
});

implement(rescale, function* (image, scale, options) {
  checkSamples(image);
  return yield* resized("transform.rescale", image, options, resolveRescale(image, scale, options));
});

implement(downscaleLocalMean, function* (image, factors, options) {
  checkSamples(image);
  return yield* reduced("transform.downscaleLocalMean", image, options, {
    ...resolveDownscaleLocalMean(image, factors, options),
    func: "mean",
  });
});

implement(pyramidReduce, function* (image, options) {
  checkSamples(image);
  const resolved = resolvePyramidReduce(image, options);
  return yield* step("transform.pyramidReduce", image, options, resolved, "cpuPyramidReduce");
});

implement(pyramidExpand, function* (image, options) {
  checkSamples(image);
  const resolved = resolvePyramidExpand(image, options);
  return yield* step("transform.pyramidExpand", image, options, resolved, "cpuPyramidExpand");
});

function* warped(
  operation: string,
  image: Image,
  options: OutOptions | undefined,
  resolved: ResolvedWarp,
): Steps<Image> {
  const { map, order, mode, cval, clip, scale, dtype } = resolved;
  const to = sized(image, resolved);
  const out = destination(operation, options, dtype, to);
  const settings = { order, mode, cval, clip, preserveRange: scale === 1 };
  yield* kernel(operation, (addon) =>
    map instanceof Float64Array
      ? addon.cpuWarpPlaces(image.data, ...sizeOf(image), settings, map, out.data, ...sizeOf(to))
      : addon.cpuWarp(image.data, ...sizeOf(image), { matrix: map.flat(), ...settings }, out.data, ...sizeOf(to)),
  );
  return out;
}

function* resized(
  operation: string,
  image: Image,
  options: OutOptions | undefined,
  resolved: ResolvedResize,
): Steps<Image> {
  const { order, sigma, radius, mode, cval, clip, scale, dtype } = resolved;
  const to = sized(image, resolved);
  if (dtype !== "float32" && dtype !== "float64") {
    const out = destination(operation, options, dtype, to);
    yield* kernel(operation, (addon) => addon.cpuResizeNearest(image.data, ...sizeOf(image), out.data, ...sizeOf(to)));
    return out;
  }
  const out = destination(operation, options, dtype, to);
  const checked = { order, sigma, radius, mode, cval, clip, preserveRange: scale === 1 };
  yield* kernel(operation, (addon) => addon.cpuResize(image.data, ...sizeOf(image), checked, out.data, ...sizeOf(to)));
  return out;
}

function* step(
  operation: string,
  image: Image,
  options: OutOptions | undefined,
  resolved: ResolvedPyramid,
  name: "cpuPyramidReduce" | "cpuPyramidExpand",
): Steps<Image> {
  const { order, sigma, radius, blurMode, mode, cval, scale, dtype } = resolved;
  const to = sized(image, resolved);
  const out = destination(operation, options, dtype, to);
  const checked = { order, sigma, radius, blurMode, mode, cval, preserveRange: scale === 1 };
  yield* kernel(operation, (addon) => addon[name](image.data, ...sizeOf(image), checked, out.data, ...sizeOf(to)));
  return out;
}

/** An image's geometry in another size. */
function sized(
  { channels, alpha }: Image,
  { height, width }: { readonly height: number; readonly width: number },
): { height: number; width: number; channels: number; alpha: boolean } {
  return { height, width, channels, alpha };
}
