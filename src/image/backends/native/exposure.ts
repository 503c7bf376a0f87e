import { adjustGamma, resolveAdjustGamma } from "../../exposure/adjust-gamma.ts";
import { adjustLog, resolveAdjustLog } from "../../exposure/adjust-log.ts";
import { adjustSigmoid, resolveAdjustSigmoid } from "../../exposure/adjust-sigmoid.ts";
import { type Curve, tableOf } from "../../exposure/adjustment.ts";
import { equalizeAdapthist, resolveEqualizeAdapthist } from "../../exposure/equalize-adapthist.ts";
import { equalizeHist, resolveEqualizeHist } from "../../exposure/equalize-hist.ts";
import { histogram, levelsFrom, listedLevels, normalized, resolveHistogram } from "../../exposure/histogram.ts";
import { matchHistograms, resolveMatchHistograms } from "../../exposure/match-histograms.ts";
import {
  rescaleIntensity,
  rescalingOf,
  resolveRescaleIntensity,
  usesExtremes,
} from "../../exposure/rescale-intensity.ts";
import { checkSamples, type Image } from "../../image.ts";
import { bytesOf } from "../../mask.ts";
import { destination, type OutOptions } from "../../out.ts";
import type { Steps } from "../steps.ts";
import { sizeOf } from "../addon-call.ts";
import { implement, kernel, type Kernels } from "./implement.ts";

/** Samples that are computed one by one; those of fewer bits go through tables. */
type Computed = Int32Array | Float32Array | Float64Array;

implement(adjustGamma, function* (image, options) {
  checkSamples(image);
  const { gamma, gain, curve } = resolveAdjustGamma(image, options);
  return yield* adjusted("exposure.adjustGamma", image, options, curve, (addon, data, out) =>
    addon.cpuAdjustGamma(data, ...sizeOf(image), { gamma, gain }, out),
  );
});

implement(adjustLog, function* (image, options) {
  checkSamples(image);
  const { gain, inv, curve } = resolveAdjustLog(image, options);
  return yield* adjusted("exposure.adjustLog", image, options, curve, (addon, data, out) =>
    addon.cpuAdjustLog(data, ...sizeOf(image), { gain, inv }, out),
  );
});

implement(adjustSigmoid, function* (image, options) {
  checkSamples(image);
  const { cutoff, gain, inv, curve } = resolveAdjustSigmoid(image, options);
  return yield* adjusted("exposure.adjustSigmoid", image, options, curve, (addon, data, out) =>
    addon.cpuAdjustSigmoid(data, ...sizeOf(image), { cutoff, gain, inv }, out),
  );
});

implement(equalizeAdapthist, function* (image, options) {
  checkSamples(image);
  const { dtype, ...tiles } = resolveEqualizeAdapthist(image, options);
  const geometry = { width: image.width, height: image.height, channels: Math.min(image.channels, 3) };
  const out = destination("exposure.equalizeAdapthist", options, dtype, geometry);
  yield* kernel("exposure.equalizeAdapthist", (addon) =>
    addon.cpuEqualizeAdapthist(image.data, ...sizeOf(image), tiles, out.data),
  );
  return out;
});

implement(equalizeHist, function* (image, options) {
  checkSamples(image);
  const { nbins, mask, dtype } = resolveEqualizeHist(image, options);
  const out = destination("exposure.equalizeHist", options, dtype, image);
  yield* kernel("exposure.equalizeHist", (addon) =>
    addon.cpuEqualizeHist(image.data, ...sizeOf(image), nbins, bytesOf(mask), out.data),
  );
  return out;
});

implement(histogram, function* (image, options) {
  checkSamples(image);
  const operation = "exposure.histogram";
  const resolved = resolveHistogram(image, options);
  const { nbins, sourceRange, lists } = resolved;
  const { data } = image;
  if (data instanceof Float32Array || data instanceof Float64Array) {
    const counted = yield* kernel(operation, (addon) =>
      addon.cpuFloatHistogram(data, ...sizeOf(image), nbins, sourceRange, lists),
    );
    return normalized(counted, resolved);
  }
  const extremes =
    sourceRange === "image" ? yield* kernel(operation, (addon) => addon.cpuExtrema(data, ...sizeOf(image))) : null;
  const { least, bins } = listedLevels(image.dtype, extremes);
  const counts = yield* kernel(operation, (addon) =>
    addon.cpuLevelHistogram(data, ...sizeOf(image), least, bins, lists),
  );
  return normalized({ counts, binCenters: levelsFrom(least, bins) }, resolved);
});

implement(matchHistograms, function* (image, reference, options) {
  checkSamples(image);
  const { lists, dtype } = resolveMatchHistograms(image, reference, options);
  checkSamples(reference);
  const out = destination("exposure.matchHistograms", options, dtype, image);
  yield* kernel("exposure.matchHistograms", (addon) =>
    addon.cpuMatchHistograms(image.data, ...sizeOf(image), reference.data, ...sizeOf(reference), lists, out.data),
  );
  return out;
});

implement(rescaleIntensity, function* (image, options) {
  checkSamples(image);
  const operation = "exposure.rescaleIntensity";
  const resolved = resolveRescaleIntensity(image, options);
  const extremes = usesExtremes(resolved)
    ? yield* kernel(operation, (addon) => addon.cpuExtrema(image.data, ...sizeOf(image)))
    : null;
  const { from, to } = rescalingOf(resolved, extremes);
  const out = destination(operation, options, resolved.dtype, image);
  yield* kernel(operation, (addon) => addon.cpuRescaleIntensity(image.data, ...sizeOf(image), from, to, out.data));
  return out;
});

/** Every sample where the curve has it: by a table for 8 and 16 bits, so that all backends agree on them, else by the kernel. */
function* adjusted(
  operation: string,
  image: Image,
  options: OutOptions | undefined,
  curve: Curve,
  run: (addon: Kernels, data: Computed, out: Computed) => void,
): Steps<Image> {
  const { data } = image;
  if (!(data instanceof Uint8Array || data instanceof Uint16Array)) {
    const out = destination(operation, options, image.dtype, image);
    yield* kernel(operation, (addon) => run(addon, data, out.data as Computed));
    return out;
  }
  const out = destination(operation, options, image.dtype, image);
  const levels = 2 ** (8 * data.BYTES_PER_ELEMENT);
  // A table of more entries than there are samples is not worth making.
  if (data.length < levels) {
    data.forEach((sample, i) => (out.data[i] = curve(sample)));
    return out;
  }
  const table = tableOf(image.dtype, image.dtype, curve) as Uint8Array | Uint16Array;
  yield* kernel(operation, (addon) =>
    addon.cpuLookUp(data, ...sizeOf(image), table, out.data as Uint8Array | Uint16Array),
  );
  return out;
}
