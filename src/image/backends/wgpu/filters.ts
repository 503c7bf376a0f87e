import { addon } from "../../../addon.ts";
import {
  applyHysteresisThreshold,
  type ApplyHysteresisThresholdOptions,
  resolveApplyHysteresisThreshold,
} from "../../filters/apply-hysteresis-threshold.ts";
import {
  differenceOfGaussians,
  type DifferenceOfGaussiansOptions,
  resolveDifferenceOfGaussians,
} from "../../filters/difference-of-gaussians.ts";
import { type EdgeOptions, resolveEdges } from "../../filters/edges.ts";
import { farid } from "../../filters/farid.ts";
import { counts, gabor, type GaborKernel, type GaborOptions, kernelTaps, resolveGabor } from "../../filters/gabor.ts";
import { gaussian, type GaussianOptions, resolveGaussian } from "../../filters/gaussian.ts";
import { laplace, type LaplaceOptions, resolveLaplace } from "../../filters/laplace.ts";
import { median, type MedianOptions, resolveMedian } from "../../filters/median.ts";
import { prewitt } from "../../filters/prewitt.ts";
import { scharr } from "../../filters/scharr.ts";
import { sobel } from "../../filters/sobel.ts";
import { resolveUnsharpMask, unsharpMask, type UnsharpMaskOptions } from "../../filters/unsharp-mask.ts";
import { footprintOffsets } from "../../footprint.ts";
import { GpuImage } from "../../gpu-image.ts";
import { type DType, SAMPLE_ARRAYS } from "../../image.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { attempt } from "../attempt.ts";
import { type Argument, isArgument, onGpu, onGpuInSteps, recorded, recordedBy } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { ask, implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

type Handle = Parameters<typeof addon.gpuMedian>[0];

wgpu.implement(
  applyHysteresisThreshold,
  (image: Argument, low: unknown, high: unknown, options?: ApplyHysteresisThresholdOptions): unknown => {
    resolveApplyHysteresisThreshold(image, low, high, options, isArgument);
    const thresholds = [low, high].map((threshold) => (isArgument(threshold) ? threshold : null));
    const images = thresholds.filter((threshold) => threshold !== null);
    return recorded("filters.applyHysteresisThreshold", [image, ...images], (gpu, ...each) => {
      const [lows, highs] = thresholds.map((threshold) => threshold && each[images.indexOf(threshold)]!);
      return addon.gpuApplyHysteresisThreshold(gpu, Number(low), Number(high), lows, highs);
    });
  },
  {
    shouldRun: (context, image, low, high) =>
      decide(context, [image, ...[low, high].filter((threshold) => isArgument(threshold))], 4),
  },
);

wgpu.implement(
  gaussian,
  (image: Argument, options?: GaussianOptions): unknown => {
    const { sigma, radius, mode, cval, scale } = resolveGaussian(image, options);
    const checked = { sigma, radius, mode, cval, preserveRange: scale === 1 };
    return recorded("filters.gaussian", [image], (gpu) => addon.gpuGaussian(gpu, checked), image.alpha);
  },
  {
    shouldRun: (context, image, options) =>
      decide(context, [image], 4 * image.channels, () => resolveGaussian(image, options)),
  },
);

for (const [operator, filter] of Object.entries({ farid, prewitt, scharr, sobel })) {
  const operation = `filters.${operator}`;
  wgpu.implement(
    filter,
    (image: Argument, options?: EdgeOptions): unknown => {
      const { mask, axis, mode, cval } = resolveEdges(operation, image, options, isArgument);
      const checked = { operator, mode, cval, ...(axis !== null && { axis }) };
      return recorded(operation, withMask(image, mask), (gpu, of?) => addon.gpuEdges(gpu, checked, of));
    },
    { shouldRun: (context, image, options) => decide(context, withMask(image, options?.mask), 4) },
  );
}

/** An image and its mask, if it has one. */
function withMask(image: Argument, mask: unknown): readonly [Argument] | readonly [Argument, mask: Argument] {
  return isArgument(mask) ? [image, mask] : [image];
}

wgpu.implement(
  gabor,
  (image: Argument, frequency: number, options?: GaborOptions): unknown => {
    const operation = "filters.gabor";
    const resolved = resolveGabor(image, frequency, options);
    const problem = tooWide(resolved);
    if (problem !== null) throw unsupported(operation, problem);
    const { radius, mode, cval } = resolved;
    // A convolution: the kernel is turned round.
    const weights = kernelTaps(resolved).toReversed();
    const both = weights.flatMap(([, , real, imag]) => [real, imag]).map((weight) => (counts(weight) ? weight : 0));
    const parts = onGpu(operation, [image], (gpu) =>
      addon.gpuGabor(gpu, { radius, mode, cval }, Float32Array.from(both)),
    );
    const [real, imag] = parts.map((part) => new GpuImage(part)) as [GpuImage, GpuImage];
    return { real, imag };
  },
  {
    shouldRun: (context, image, frequency, options) => {
      const resolved = attempt(() => resolveGabor(image, frequency, options));
      if (resolved === null) return decide(context, [image], 4);
      const [rows, columns] = resolved.radius;
      const window = [2 * rows + 1, 2 * columns + 1] as const;
      return tooWide(resolved) ?? decide(context, [image], 4, () => ({ window }));
    },
  },
);

/** A kernel has so many weights at most: beyond, drivers take it for one that hangs. */
const MOST_WEIGHTS = 16_384;

/** Why the GPU does not use a kernel; `null` where it does. */
function tooWide({ radius: [rows, columns] }: GaborKernel): string | null {
  const [down, across] = [2 * rows + 1, 2 * columns + 1];
  if (down * across <= MOST_WEIGHTS) return null;
  return `a kernel of ${down} × ${across} weights: at most ${MOST_WEIGHTS} on the GPU`;
}

wgpu.implement(
  laplace,
  (image: Argument, options?: LaplaceOptions): unknown => {
    const operation = "filters.laplace";
    const { mask } = resolveLaplace(image, options, isArgument);
    return recorded(operation, withMask(image, mask), (gpu, of?) => addon.gpuLaplace(gpu, of));
  },
  { shouldRun: (context, image, options) => decide(context, withMask(image, options?.mask), 4) },
);

implementInSteps(
  median,
  function* (image: Argument, options?: MedianOptions): Steps<unknown> {
    const operation = "filters.median";
    const { footprint, mode, cval, behavior } = resolveMedian(image, options);
    const isRank = behavior === "rank";
    const offsets = footprintOffsets(footprint).flat();
    const medians = (gpu: Handle): GpuImage =>
      recordedBy(operation, () => addon.gpuMedian(gpu, offsets, mode, cval, isRank));
    return yield* onGpuInSteps([image], function* (gpu) {
      if (!isRank || isUnsigned(image)) return medians(gpu);
      const bytes = yield* ask(operation, (later) => addon.gpuImgAsUbyte(gpu, operation, later));
      try {
        return medians(bytes);
      } finally {
        addon.gpuDispose(bytes);
      }
    });
  },
  {
    shouldRun: (context, image, options) => {
      const resolved = attempt(() => resolveMedian(image, options));
      if (resolved === null) return decide(context, [image], 0);
      const { footprint, behavior, dtype } = resolved;
      const neighbours = footprint.count;
      const ranked = behavior === "rank";
      return (
        tooManyNeighbours(neighbours, dtype) ??
        decide(context, [image], SAMPLE_ARRAYS[dtype].BYTES_PER_ELEMENT, () => ({ neighbours, ranked }))
      );
    },
  },
);

/** Whether samples are ranked as they are. */
function isUnsigned({ dtype }: Argument): boolean {
  return dtype === "uint8" || dtype === "uint16";
}

/** Samples are looked at once for each of their bits; more often would keep a GPU busy for too long at once. */
const MOST_LOOKS = 32 * 1024;

/** Why the GPU takes no median of so many neighbours; `null` where it does. */
export function tooManyNeighbours(neighbours: number, dtype: DType): string | null {
  const most = MOST_LOOKS / (8 * SAMPLE_ARRAYS[dtype].BYTES_PER_ELEMENT);
  return neighbours > most ? `${neighbours} neighbours: at most ${most} of ${dtype} on the GPU` : null;
}

wgpu.implement(
  differenceOfGaussians,
  (image: Argument, lowSigma: unknown, options?: DifferenceOfGaussiansOptions): unknown => {
    const { low, high, mode, cval } = resolveDifferenceOfGaussians(image, lowSigma, options);
    const blur = { mode, cval, preserveRange: false };
    const record = (gpu: Parameters<typeof addon.gpuDifferenceOfGaussians>[0]) =>
      addon.gpuDifferenceOfGaussians(gpu, { ...low, ...blur }, { ...high, ...blur });
    return recorded("filters.differenceOfGaussians", [image], record, image.alpha);
  },
  {
    shouldRun: (context, image, lowSigma, options) =>
      decide(context, [image], 4 * image.channels, () => {
        const { low, high } = resolveDifferenceOfGaussians(image, lowSigma, options);
        return { radius: low.radius, wide: high.radius };
      }),
  },
);

wgpu.implement(
  unsharpMask,
  (image: Argument, options?: UnsharpMaskOptions): unknown => {
    const { sigma, radius, amount, clip } = resolveUnsharpMask(image, options);
    const checked = { sigma, radius, amount, preserveRange: !clip };
    return recorded("filters.unsharpMask", [image], (gpu) => addon.gpuUnsharpMask(gpu, checked), image.alpha);
  },
  {
    shouldRun: (context, image, options) =>
      decide(context, [image], 4 * image.channels, () => resolveUnsharpMask(image, options)),
  },
);
