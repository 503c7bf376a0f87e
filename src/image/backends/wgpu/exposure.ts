import { addon } from "../../../addon.ts";
import { adjustGamma, type AdjustGammaOptions, resolveAdjustGamma } from "../../exposure/adjust-gamma.ts";
import { adjustLog, type AdjustLogOptions, resolveAdjustLog } from "../../exposure/adjust-log.ts";
import { adjustSigmoid, type AdjustSigmoidOptions, resolveAdjustSigmoid } from "../../exposure/adjust-sigmoid.ts";
import { type Curve, tableOf } from "../../exposure/adjustment.ts";
import type { Histogram } from "../../exposure/bins.ts";
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
  usesExtremes,
} from "../../exposure/rescale-intensity.ts";
import { GpuImage } from "../../gpu-image.ts";
import { SAMPLE_ARRAYS } from "../../image.ts";
import { decide } from "../gpu-choice.ts";
import { byLevels, levelsFromZero, levelsOf } from "./by-levels.ts";
import { levelTable } from "./level-table.ts";
import { gpuMask } from "./mask.ts";
import { orNext } from "./or-next.ts";
import { type Argument, asked, isArgument, onGpuInSteps, recorded, recordedBy } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { ask, implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

type Handle = Parameters<typeof addon.gpuAdjustGamma>[0];

implementInSteps(
  adjustGamma,
  orNext((image: Argument, options?: AdjustGammaOptions): Steps<unknown> => {
    const { gamma, gain, curve } = resolveAdjustGamma(image, options);
    return adjusted("exposure.adjustGamma", image, curve, (later, gpu) =>
      addon.gpuAdjustGamma(gpu, gamma, gain, later),
    );
  }),
  { shouldRun: (context, image) => decide(context, [image], bytesOf(image)), defers: true },
);

implementInSteps(
  adjustLog,
  orNext((image: Argument, options?: AdjustLogOptions): Steps<unknown> => {
    const { gain, inv, curve } = resolveAdjustLog(image, options);
    return adjusted("exposure.adjustLog", image, curve, (later, gpu) => addon.gpuAdjustLog(gpu, gain, inv, later));
  }),
  { shouldRun: (context, image) => decide(context, [image], bytesOf(image)), defers: true },
);

implementInSteps(
  adjustSigmoid,
  orNext((image: Argument, options?: AdjustSigmoidOptions): Steps<unknown> => {
    const { cutoff, gain, inv, curve } = resolveAdjustSigmoid(image, options);
    return adjusted("exposure.adjustSigmoid", image, curve, (later, gpu) =>
      addon.gpuAdjustSigmoid(gpu, cutoff, gain, inv, later),
    );
  }),
  { shouldRun: (context, image) => decide(context, [image], bytesOf(image)), defers: true },
);

/** Floats by the kernel; integers by a table, so that all backends agree on them. */
function* adjusted(
  operation: string,
  image: Argument,
  curve: Curve,
  kernel: (later: boolean, gpu: Handle) => Handle | Promise<Handle>,
): Steps<GpuImage> {
  if (image.dtype === "float32") return new GpuImage(yield* asked(operation, [image], kernel), image.alpha);
  if (image.dtype === "int32") {
    return yield* onGpuInSteps([image], function* (gpu) {
      const levels = yield* levelsFromZero(operation, image, gpu);
      return byLevels(operation, image, gpu, levels, "int32", curve);
    });
  }
  const table = tableOf(image.dtype, image.dtype, curve);
  return recorded(operation, [image], (gpu) => addon.gpuLookUp(gpu, operation, table, 0, 1), image.alpha);
}

implementInSteps(
  rescaleIntensity,
  orNext(function* (image: Argument, options?: RescaleIntensityOptions): Steps<unknown> {
    const operation = "exposure.rescaleIntensity";
    const resolved = resolveRescaleIntensity(image, options);
    const { dtype } = resolved;
    const problem = notRescaled(image, options);
    if (problem !== null) throw unsupported(operation, problem);
    return yield* onGpuInSteps([image], function* (gpu) {
      const levels = image.dtype === "int32" ? yield* levelsOf(operation, gpu) : null;
      const extremes = !usesExtremes(resolved)
        ? null
        : levels
          ? ([levels[0]!, levels.at(-1)!] as const)
          : yield* ask(operation, (later) => addon.gpuExtrema(gpu, operation, later));
      const rescaling = rescalingOf(resolved, extremes);
      const { from, to } = rescaling;
      if (image.dtype === "float32") {
        return recordedBy(operation, () => addon.gpuRescaleIntensity(gpu, from, to), image.alpha);
      }
      const curve = rescalingCurve(image.dtype, dtype, rescaling);
      if (levels) return byLevels(operation, image, gpu, levels, dtype, curve);
      const table = tableOf(image.dtype, dtype, curve);
      return recordedBy(operation, () => addon.gpuLookUp(gpu, operation, table, 0, 1), image.alpha);
    });
  }),
  {
    shouldRun: (context, image, options) =>
      unless(notRescaled(image, options), decide(context, [image], 4 * image.channels)),
    defers: true,
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
  return rounds ? "floats as integers: divisions are not exact on the GPU" : null;
}

implementInSteps(
  equalizeHist,
  orNext(function* (image: Argument, options?: EqualizeHistOptions): Steps<unknown> {
    const operation = "exposure.equalizeHist";
    const { nbins, mask } = resolveEqualizeHist(image, options, isArgument);
    return yield* onGpuInSteps(mask ? [image, gpuMask(mask)] : [image], function* (gpu, under?) {
      const isFloats = isFloat(image);
      const found = yield* ask(operation, (later) => {
        if (under) return addon.gpuHistogramUnder(gpu, under, operation, nbins, later);
        return isFloats
          ? addon.gpuFloatHistogram(gpu, operation, nbins, "image", 1, later)
          : addon.gpuLevelHistogram(gpu, operation, 1, later);
      });
      const pixels = found.counts.reduce((sum, count) => sum + count, 0);
      const shares = sharesUpTo(found, pixels);
      if (isFloats) {
        const places = Float32Array.from(found.binCenters);
        return recordedBy(operation, () => addon.gpuInterpolate(gpu, operation, places, Float32Array.from(shares)));
      }
      const { table, least } = levelTable(found.binCenters, shares, "float32");
      return recordedBy(operation, () => addon.gpuLookUp(gpu, operation, table, least, 1));
    });
  }),
  {
    shouldRun: (context, image, options) => {
      const mask = options?.mask ?? null;
      const images = mask instanceof GpuImage ? [image, mask] : [image];
      return decide(context, images, 4, () => ({ masked: mask !== null }));
    },
    defers: true,
  },
);

implementInSteps(
  histogram,
  orNext(function* (image: Argument, options?: HistogramOptions): Steps<unknown> {
    const operation = "exposure.histogram";
    const resolved = resolveHistogram(image, options);
    const { nbins, sourceRange, lists } = resolved;
    if (image.dtype === "float32") {
      const found = yield* asked(operation, [image], (later, gpu) =>
        addon.gpuFloatHistogram(gpu, operation, nbins, sourceRange, lists, later),
      );
      return normalized(found, resolved);
    }
    const { counts, binCenters } = yield* asked(operation, [image], (later, gpu) =>
      addon.gpuLevelHistogram(gpu, operation, lists, later),
    );
    const extremes = sourceRange === "image" ? ([binCenters[0]!, binCenters.at(-1)!] as const) : null;
    const { least, bins } = listedLevels(image.dtype, extremes);
    const listed = new Float64Array(bins * lists);
    for (const [i, count] of counts.entries()) {
      const list = Math.floor(i / binCenters.length);
      listed[list * bins + binCenters[i % binCenters.length]! - least] = count;
    }
    return normalized({ counts: listed, binCenters: levelsFrom(least, bins) }, resolved);
  }),
  {
    shouldRun: (context, image, options) => decide(context, [image], 0, () => resolveHistogram(image, options)),
    defers: true,
  },
);

implementInSteps(
  matchHistograms,
  orNext(function* (image: Argument, reference: Argument, options?: MatchHistogramsOptions): Steps<unknown> {
    const operation = "exposure.matchHistograms";
    const { lists, dtype } = resolveMatchHistograms(image, reference, options);
    return yield* onGpuInSteps([image, reference], function* (gpu, like) {
      const levels = yield* ask(operation, (later) => addon.gpuLevelHistogram(gpu, operation, lists, later));
      const others = yield* ask(operation, (later) => addon.gpuLevelHistogram(like, operation, lists, later));
      const matches = Array.from({ length: lists }, (_, list) => {
        const own = quantilesOf(occurring(levels, list), samplesOf(image) / lists);
        const wanted = quantilesOf(occurring(others, list), samplesOf(reference) / lists);
        return { levels: own.levels, values: matchedLevels(own, wanted, dtype) };
      });
      const [least, greatest] = [levels.binCenters[0]!, levels.binCenters.at(-1)!];
      const lengths = matches.map((match) => (isFloat(image) ? match.levels.length : greatest - least + 1));
      const problem = tooManyEntries(lengths, SAMPLE_ARRAYS[dtype].BYTES_PER_ELEMENT);
      if (problem !== null) throw unsupported(operation, problem);
      if (isFloat(image)) {
        const places = Float32Array.from(matches.flatMap((match) => [...match.levels]));
        const values = Float32Array.from(matches.flatMap((match) => match.values));
        const record = () => addon.gpuLookUpFloat(gpu, operation, places, values, Uint32Array.from(lengths));
        return recordedBy(operation, record, image.alpha);
      }
      const tables = new SAMPLE_ARRAYS[dtype](lists * lengths[0]!);
      for (const [list, match] of matches.entries()) {
        const { table, least: first } = levelTable(match.levels, match.values, dtype);
        tables.set(table, list * lengths[0]! + first - least);
      }
      return recordedBy(operation, () => addon.gpuLookUp(gpu, operation, tables, least, lists), image.alpha);
    });
  }),
  {
    shouldRun: (context, image, reference, options) =>
      decide(context, [image, reference], 4 * image.channels, () => resolveMatchHistograms(image, reference, options)),
    defers: true,
  },
);

/** Why so many tables are not made for the GPU, if so: a kernel is given all of them at once. */
function tooManyEntries(lengths: readonly number[], bytesPerEntry: number): string | null {
  const { largestBinding, name } = addon.gpuAdapter(true);
  const entries = lengths.reduce((sum, length) => sum + length, 0);
  const bytes = entries * bytesPerEntry;
  if (bytes <= largestBinding) return null;
  return `${entries} levels in tables: ${bytes} bytes at once, and ${name} takes ${largestBinding}`;
}

/** The levels that occur in one of several lists. */
function occurring({ counts, binCenters }: Histogram, list: number): Histogram {
  const own = counts.subarray(list * binCenters.length, (list + 1) * binCenters.length);
  return { counts: own.filter((count) => count > 0), binCenters: binCenters.filter((_, i) => own[i]! > 0) };
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
