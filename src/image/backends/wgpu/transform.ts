import { addon } from "../../../addon.ts";
import { Image, SAMPLE_ARRAYS } from "../../image.ts";
import {
  downscaleLocalMean,
  type DownscaleLocalMeanOptions,
  resolveDownscaleLocalMean,
} from "../../transform/downscale-local-mean.ts";
import { integralImage, type IntegralImageOptions, resolveIntegralImage } from "../../transform/integral-image.ts";
import { pyramidExpand, type PyramidExpandOptions, resolvePyramidExpand } from "../../transform/pyramid-expand.ts";
import type { ResolvedPyramid } from "../../transform/pyramid-options.ts";
import { pyramidReduce, type PyramidReduceOptions, resolvePyramidReduce } from "../../transform/pyramid-reduce.ts";
import { rescale, type RescaleOptions, resolveRescale } from "../../transform/rescale.ts";
import { resize, type ResizeOptions, type ResolvedResize, resolveResize } from "../../transform/resize.ts";
import { resolveRotate, rotate, type RotateOptions } from "../../transform/rotate.ts";
import { type InverseMap, type ResolvedWarp, resolveWarp, warp, type WarpOptions } from "../../transform/warp.ts";
import {
  type ResolvedWarpPolar,
  resolveWarpPolar,
  warpPolar,
  type WarpPolarOptions,
} from "../../transform/warp-polar.ts";
import type { OutputShape } from "../../transform/interpolation.ts";
import type { SplineOrder } from "../../transform/spline.ts";
import { GpuImage, type handleOf } from "../../gpu-image.ts";
import type { WorkOptions } from "../../gpu-work/index.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { attempt } from "../attempt.ts";
import { blockMeans } from "./block-means.ts";
import { type Argument, asked, recorded } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

type Handle = ReturnType<typeof handleOf>;
/** The size and dtype of a result. */
type Size = Pick<ResolvedWarp, "height" | "width" | "dtype">;

implementInSteps(
  integralImage,
  function* (image: Argument, options?: IntegralImageOptions): Steps<unknown> {
    const operation = "transform.integralImage";
    resolveIntegralImage(image, options);
    if (image.dtype === "float32") throw unsupported(operation, FLOATS);
    // Of 64 bits, which no image on the GPU has: they come here.
    const sums = yield* asked(operation, [image], (later, gpu) => addon.gpuIntegralImage(gpu, later));
    return new Image(sums, { width: image.width, height: image.height });
  },
  { shouldRun: (context, image) => (image.dtype === "float32" ? FLOATS : decide(context, [image], 8)) },
);

const FLOATS = "sums of floats need 64 bits: the GPU has 32-bit floats only";
const FUNCTIONS = "functions are not called for the GPU: places come as an image of them";

wgpu.implement(
  warp,
  (image: Argument, inverseMap: InverseMap | GpuImage, options?: WarpOptions): unknown =>
    warped("transform.warp", image, resolveWarp(image, inverseMap, options, isOnGpu)),
  {
    shouldRun: (context, image, inverseMap, options) => {
      // Functions are called once, by whoever runs.
      if (typeof inverseMap === "function") return FUNCTIONS;
      const resolved = attempt(() => resolveWarp(image, inverseMap, options, isOnGpu));
      const images = isOnGpu(inverseMap) ? [image, inverseMap] : [image];
      return refusal(resolved) ?? decide(context, images, bytesPerPixel(image, resolved), () => warpWork(resolved));
    },
  },
);

function isOnGpu(value: unknown): value is GpuImage {
  return value instanceof GpuImage;
}

wgpu.implement(
  rotate,
  (image: Argument, angle: number, options?: RotateOptions): unknown =>
    warped("transform.rotate", image, resolveRotate(image, angle, options)),
  {
    shouldRun: (context, image, angle, options) => {
      const resolved = attempt(() => resolveRotate(image, angle, options));
      return refusal(resolved) ?? decide(context, [image], bytesPerPixel(image, resolved), () => warpWork(resolved));
    },
  },
);

wgpu.implement(
  warpPolar,
  (image: Argument, options?: WarpPolarOptions): unknown => {
    const operation = "transform.warpPolar";
    const resolved = resolveWarpPolar(image, options);
    const problem = beyondPolar(resolved);
    if (problem !== null) throw unsupported(operation, problem);
    const { center, radii, cosines, sines, order, mode, cval, clip, scale } = resolved;
    const checked = { center, order, mode, cval, clip, preserveRange: scale === 1 };
    const to = sized(image, resolved);
    return recorded(
      operation,
      [image],
      (gpu) => addon.gpuWarpPolar(gpu, checked, radii, cosines, sines, to),
      image.alpha,
    );
  },
  {
    shouldRun: (context, image, options) => {
      const resolved = attempt(() => resolveWarpPolar(image, options));
      const problem = resolved === null ? null : beyondPolar(resolved);
      return problem ?? decide(context, [image], bytesPerPixel(image, resolved), () => splineOf(resolved));
    },
  },
);

wgpu.implement(
  resize,
  (image: Argument, outputShape: OutputShape, options?: ResizeOptions): unknown =>
    resized("transform.resize", image, resolveResize(image, outputShape, options)),
  {
    shouldRun: (context, image, outputShape, options) => {
      const resolved = attempt(() => resolveResize(image, outputShape, options));
      return decide(context, [image], bytesPerPixel(image, resolved), () => splineOf(resolved));
    },
  },
);

wgpu.implement(
  rescale,
  (image: Argument, scale: number | readonly [number, number], options?: RescaleOptions): unknown =>
    resized("transform.rescale", image, resolveRescale(image, scale, options)),
  {
    shouldRun: (context, image, scale, options) => {
      const resolved = attempt(() => resolveRescale(image, scale, options));
      return decide(context, [image], bytesPerPixel(image, resolved), () => splineOf(resolved));
    },
  },
);

wgpu.implement(
  downscaleLocalMean,
  (image: Argument, factors: number | readonly [number, number], options?: DownscaleLocalMeanOptions): unknown => {
    return blockMeans("transform.downscaleLocalMean", image, resolveDownscaleLocalMean(image, factors, options));
  },
  { shouldRun: (context, image) => decide(context, [image], 4 * image.channels) },
);

wgpu.implement(
  pyramidReduce,
  (image: Argument, options?: PyramidReduceOptions): unknown =>
    step("transform.pyramidReduce", image, resolvePyramidReduce(image, options), addon.gpuPyramidReduce),
  {
    shouldRun: (context, image, options) =>
      decide(context, [image], 4 * image.channels, () => splineOf(resolvePyramidReduce(image, options))),
  },
);

wgpu.implement(
  pyramidExpand,
  (image: Argument, options?: PyramidExpandOptions): unknown =>
    step("transform.pyramidExpand", image, resolvePyramidExpand(image, options), addon.gpuPyramidExpand),
  {
    shouldRun: (context, image, options) => {
      const resolved = attempt(() => resolvePyramidExpand(image, options));
      return decide(context, [image], bytesPerPixel(image, resolved), () => splineOf(resolved));
    },
  },
);

function warped(operation: string, image: Argument, resolved: ResolvedWarp<GpuImage>): GpuImage {
  const { map, order, mode, cval, clip, scale } = resolved;
  const problem = refusal(resolved);
  if (problem !== null) throw unsupported(operation, problem);
  const checked = { order, mode, cval, clip, preserveRange: scale === 1 };
  const to = sized(image, resolved);
  if (isOnGpu(map)) {
    const record = (gpu: Handle, places: Handle): Handle => addon.gpuWarpImage(operation, gpu, checked, places, to);
    return recorded(operation, [image, map], record, image.alpha);
  }
  return recorded(
    operation,
    [image],
    (gpu) =>
      map instanceof Float64Array
        ? addon.gpuWarpPlaces(operation, gpu, checked, map, to)
        : addon.gpuWarp(operation, gpu, { matrix: map.flat(), ...checked }, to),
    image.alpha,
  );
}

function resized(operation: string, image: Argument, resolved: ResolvedResize): GpuImage {
  const { order, sigma, radius, mode, cval, clip, scale, dtype } = resolved;
  const to = sized(image, resolved);
  if (dtype !== "float32") {
    return recorded(operation, [image], (gpu) => addon.gpuResizeNearest(operation, gpu, to), image.alpha);
  }
  const checked = { order, sigma, radius, mode, cval, clip, preserveRange: scale === 1 };
  return recorded(operation, [image], (gpu) => addon.gpuResize(operation, gpu, checked, to), image.alpha);
}

function step(
  operation: string,
  image: Argument,
  resolved: ResolvedPyramid,
  run: typeof addon.gpuPyramidReduce,
): GpuImage {
  const { order, sigma, radius, blurMode, mode, cval, scale } = resolved;
  const checked = { order, sigma, radius, blurMode, mode, cval, preserveRange: scale === 1 };
  const to = sized(image, resolved);
  return recorded(operation, [image], (gpu) => run(gpu, checked, to), image.alpha);
}

/** The spline that is to be filtered, if any; nothing where the options are wrong, which the operation will say. */
function splineOf(resolved: { readonly order: SplineOrder } | null): WorkOptions {
  return resolved === null || resolved.order <= 1 ? {} : { degree: resolved.order };
}

/** The same of a warp: order 3 of a matrix is a kernel, which is no spline. */
function warpWork(resolved: ResolvedWarp<GpuImage> | null): WorkOptions {
  if (resolved?.map instanceof Float64Array) return { ...splineOf(resolved), places: resolved.height * resolved.width };
  return resolved?.order === 3 ? {} : splineOf(resolved);
}

/** Why the GPU does not do a warp; `null` where it does. Projections lead anywhere. */
function refusal(resolved: ResolvedWarp<GpuImage> | null): string | null {
  if (resolved === null) return null;
  const { map, height, width } = resolved;
  if (map instanceof Float64Array || isOnGpu(map)) return null;
  const [a, b, [g, h, i]] = map;
  if (g !== 0 || h !== 0 || i !== 1) return null;
  const reach = Math.max(
    ...[a, b].flatMap(([x, y, z]) => [0, x * width].flatMap((u) => [u + z, u + y * height + z])).map(Math.abs),
  );
  return reach < 2 ** 30 ? null : "places beyond 2³⁰ pixels do not fit 32 bits";
}

/** The same of a warp round a centre. */
function beyondPolar(resolved: ResolvedWarpPolar): string | null {
  const { center, radii } = resolved;
  const reach = Math.max(...center.map(Math.abs), radii[0]!, radii.at(-1)!);
  return reach < 2 ** 29 ? null : "places beyond 2²⁹ pixels do not fit 32 bits";
}

function sized(
  { channels }: Argument,
  { height, width }: Pick<Size, "height" | "width">,
): { height: number; width: number; channels: number } {
  return { height, width, channels };
}

/** Bytes of the result for each pixel of the image; none where the options are wrong, which the operation will say. */
function bytesPerPixel({ width, height, channels }: Argument, size: Size | null): number {
  if (size === null) return 0;
  const bytes = size.height * size.width * channels * SAMPLE_ARRAYS[size.dtype].BYTES_PER_ELEMENT;
  return bytes / (width * height);
}
