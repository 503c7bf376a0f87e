import { addon } from "../../../addon.ts";
import { adjustGamma, type AdjustGammaOptions, resolveAdjustGamma } from "../../exposure/adjust-gamma.ts";
import { adjustLog, type AdjustLogOptions, resolveAdjustLog } from "../../exposure/adjust-log.ts";
import { adjustSigmoid, type AdjustSigmoidOptions, resolveAdjustSigmoid } from "../../exposure/adjust-sigmoid.ts";
import { type Curve, tableOf } from "../../exposure/adjustment.ts";
import {
  equalizeHist,
  type EqualizeHistOptions,
  resolveEqualizeHist,
  sharesUpTo,
} from "../../exposure/equalize-hist.ts";
import {
  histogram,
  type HistogramOptions,
  levelsFrom,
  listedLevels,
  normalized,
  resolveHistogram,
} from "../../exposure/histogram.ts";
import {
  matchedLevels,
  matchHistograms,
  type MatchHistogramsOptions,
  quantilesOf,
  resolveMatchHistograms,
} from "../../exposure/match-histograms.ts";
import {
  rescaleIntensity,
  type RescaleIntensityOptions,
  rescalingCurve,
  rescalingOf,
  resolveRescaleIntensity,
} from "../../exposure/rescale-intensity.ts";
import { GpuError } from "../../errors.ts";
import type { GpuImage } from "../../gpu-image.ts";
import { SAMPLE_ARRAYS } from "../../image.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { levelTable } from "./level-table.ts";
import { orNext } from "./or-next.ts";
import { type Argument, onGpu, recorded } from "./recorded.ts";

type Handle = Parameters<typeof addon.gpuAdjustGamma>[0];

wgpu.implement(
  adjustGamma,
  (image: Argument, options?: AdjustGammaOptions): unknown => {
    const { gamma, gain, curve } = resolveAdjustGamma(image, options);
    return adjusted("exposure.adjustGamma", image, curve, (gpu) => addon.gpuAdjustGamma(gpu, gamma, gain));
  },
  { shouldRun: (context, image) => unless(inexact(image), decide(context, [image], bytesOf(image))) },
);

wgpu.implement(
  adjustLog,
  (image: Argument, options?: AdjustLogOptions): unknown => {
    const { gain, inv, curve } = resolveAdjustLog(image, options);
    return adjusted("exposure.adjustLog", image, curve, (gpu) => addon.gpuAdjustLog(gpu, gain, inv));
  },
  { shouldRun: (context, image) => unless(inexact(image), decide(context, [image], bytesOf(image))) },
);

wgpu.implement(
  adjustSigmoid,
  (image: Argument, options?: AdjustSigmoidOptions): unknown => {
    const { cutoff, gain, inv, curve } = resolveAdjustSigmoid(image, options);
    return adjusted("exposure.adjustSigmoid", image, curve, (gpu) => addon.gpuAdjustSigmoid(gpu, cutoff, gain, inv));
  },
  { shouldRun: (context, image) => unless(inexact(image), decide(context, [image], bytesOf(image))) },
);

/** Floats by the kernel; bytes and 16-bit integers by a table, so that all backends agree on them. */
function adjusted(operation: string, image: Argument, curve: Curve, kernel: (gpu: Handle) => Handle): GpuImage {
  requireRunnable(operation, inexact(image));
  if (image.dtype === "float32") return recorded(operation, [image], kernel, image.alpha);
  const table = tableOf(image.dtype, image.dtype, curve);
  return recorded(operation, [image], (gpu) => addon.gpuLookUp(gpu, operation, table, 0), image.alpha);
}

/** Why a result would not be exact. */
function inexact({ dtype }: Argument): string | null {
  return dtype === "int32" ? "int32: 32-bit floats do not hold all levels" : null;
}

wgpu.implement(
  rescaleIntensity,
  (image: Argument, options?: RescaleIntensityOptions): unknown => {
    const operation = "exposure.rescaleIntensity";
    const resolved = resolveRescaleIntensity(image, options);
    requireRunnable(operation, notRescaled(image, options));
    return recorded(
      operation,
      [image],
      (gpu) => {
        const rescaling = rescalingOf(resolved, () => addon.gpuExtrema(gpu, operation));
        const { from, to } = rescaling;
        if (image.dtype === "float32") return addon.gpuRescaleIntensity(gpu, from, to);
        const table = tableOf(image.dtype, resolved.dtype, rescalingCurve(image.dtype, resolved.dtype, rescaling));
        return addon.gpuLookUp(gpu, operation, table, 0);
      },
      image.alpha,
    );
  },
  {
    shouldRun: (context, image, options) =>
      unless(notRescaled(image, options), decide(context, [image], 4 * image.channels)),
  },
);

/** Why an image is not rescaled on the GPU; options that are refused are left to the operation to refuse. */
function notRescaled(image: Argument, options?: RescaleIntensityOptions): string | null {
  let dtype;
  try {
    ({ dtype } = resolveRescaleIntensity(image, options));
  } catch {
    return null;
  }
  if (dtype === "float64") return "float64: the GPU has 32-bit floats only";
  const rounds = image.dtype === "float32" && dtype !== "float32";
  return rounds ? "floats as integers: divisions are not exact on the GPU" : inexact(image);
}

wgpu.implement(
  equalizeHist,
  orNext((image: Argument, options?: EqualizeHistOptions): unknown => {
    const operation = "exposure.equalizeHist";
    const { nbins } = resolveEqualizeHist(image, options);
    const pixels = image.width * image.height;
    return recorded(operation, [image], (gpu) => {
      if (image.dtype === "float32") {
        const bins = addon.gpuFloatHistogram(gpu, operation, nbins, "image");
        const shares = Float32Array.from(sharesUpTo(bins, pixels));
        return addon.gpuInterpolate(gpu, operation, Float32Array.from(bins.binCenters), shares);
      }
      const levels = addon.gpuLevelHistogram(gpu, operation);
      const { table, least } = levelTable(levels.binCenters, sharesUpTo(levels, pixels), "float32");
      return addon.gpuLookUp(gpu, operation, table, least);
    });
  }),
  { shouldRun: (context, image) => decide(context, [image], 4), defers: true },
);

wgpu.implement(
  histogram,
  orNext((image: Argument, options?: HistogramOptions): unknown => {
    const operation = "exposure.histogram";
    const resolved = resolveHistogram(image, options);
    const { nbins, sourceRange, lists } = resolved;
    requireRunnable(operation, lists > 1 ? TOGETHER : null);
    return onGpu(operation, [image], (gpu) => {
      if (image.dtype === "float32") {
        return normalized(addon.gpuFloatHistogram(gpu, operation, nbins, sourceRange), resolved);
      }
      const { counts, binCenters } = addon.gpuLevelHistogram(gpu, operation);
      const { least, bins } = listedLevels(image.dtype, sourceRange, () => [binCenters[0]!, binCenters.at(-1)!]);
      const listed = new Float64Array(bins);
      for (const [i, level] of binCenters.entries()) listed[level - least] = counts[i]!;
      return normalized({ counts: listed, binCenters: levelsFrom(least, bins) }, resolved);
    });
  }),
  { shouldRun: (context, image, options) => unless(apart(image, options), decide(context, [image], 0)), defers: true },
);

wgpu.implement(
  matchHistograms,
  orNext((image: Argument, reference: Argument, options?: MatchHistogramsOptions): unknown => {
    const operation = "exposure.matchHistograms";
    const { lists, dtype } = resolveMatchHistograms(image, reference, options);
    requireRunnable(operation, lists > 1 ? TOGETHER : null);
    return recorded(
      operation,
      [image, reference],
      (gpu, like) => {
        const { counts, binCenters } = addon.gpuLevelHistogram(gpu, operation);
        const own = quantilesOf({ counts, binCenters }, samplesOf(image));
        const others = quantilesOf(addon.gpuLevelHistogram(like, operation), samplesOf(reference));
        const { table, least } = levelTable(binCenters, matchedLevels(own, others, dtype), dtype);
        return addon.gpuLookUp(gpu, operation, table, least);
      },
      image.alpha,
    );
  }),
  {
    shouldRun: (context, image, reference, options) => {
      const reason = apart(image, options) ?? (isFloat(image) || isFloat(reference) ? UNSORTED : null);
      return unless(reason, decide(context, [image, reference], 4 * image.channels));
    },
    defers: true,
  },
);

const TOGETHER = "channels are counted together on the GPU, not by themselves";
const UNSORTED = "floats have no levels to count, and are not sorted on the GPU";

/** Why channels are not counted by themselves. */
function apart(image: Argument, options?: { readonly channelAxis?: number | null }): string | null {
  return image.channels > 1 && (options?.channelAxis ?? null) !== null ? TOGETHER : null;
}

/** Whether an argument, if it is an image, is one of floats. */
function isFloat(image: Argument | undefined): boolean {
  return image?.dtype === "float32";
}

/** The choice, but for what cannot be done at all. */
function unless(reason: string | null, choice: true | string): true | string {
  return choice === true ? (reason ?? true) : choice;
}

function samplesOf({ width, height, channels }: Argument): number {
  return width * height * channels;
}

function bytesOf(image: Argument): number {
  return SAMPLE_ARRAYS[image.dtype].BYTES_PER_ELEMENT * image.channels;
}

function requireRunnable(operation: string, reason: string | null): void {
  if (reason !== null) throw new GpuError("ERR_GPU_UNSUPPORTED", operation, `${operation}: ${reason}`);
}
