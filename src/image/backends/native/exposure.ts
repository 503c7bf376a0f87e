import { addon } from "../../../addon.ts";
import { adjustGamma, resolveAdjustGamma } from "../../exposure/adjust-gamma.ts";
import { adjustLog, resolveAdjustLog } from "../../exposure/adjust-log.ts";
import { adjustSigmoid, resolveAdjustSigmoid } from "../../exposure/adjust-sigmoid.ts";
import { type Curve, tableOf } from "../../exposure/adjustment.ts";
import { equalizeAdapthist, resolveEqualizeAdapthist } from "../../exposure/equalize-adapthist.ts";
import { equalizeHist, resolveEqualizeHist } from "../../exposure/equalize-hist.ts";
import { histogram, levelsFrom, listedLevels, normalized, resolveHistogram } from "../../exposure/histogram.ts";
import { matchHistograms, resolveMatchHistograms } from "../../exposure/match-histograms.ts";
import { rescaleIntensity, rescalingOf, resolveRescaleIntensity } from "../../exposure/rescale-intensity.ts";
import { checkSamples, type Image } from "../../image.ts";
import { destination, type OutOptions } from "../../out.ts";
import { callAddon } from "../addon-call.ts";
import { native } from "./backend.ts";

/** Samples that are computed one by one; those of fewer bits go through tables. */
type Computed = Int32Array | Float32Array | Float64Array;

native.implement(adjustGamma, (image, options) => {
  checkSamples(image);
  const { gamma, gain, curve } = resolveAdjustGamma(image, options);
  return adjusted("exposure.adjustGamma", image, options, curve, (data, out) =>
    addon.cpuAdjustGamma(data, image, { gamma, gain }, out),
  );
});

native.implement(adjustLog, (image, options) => {
  checkSamples(image);
  const { gain, inv, curve } = resolveAdjustLog(image, options);
  return adjusted("exposure.adjustLog", image, options, curve, (data, out) =>
    addon.cpuAdjustLog(data, image, { gain, inv }, out),
  );
});

native.implement(adjustSigmoid, (image, options) => {
  checkSamples(image);
  const { cutoff, gain, inv, curve } = resolveAdjustSigmoid(image, options);
  return adjusted("exposure.adjustSigmoid", image, options, curve, (data, out) =>
    addon.cpuAdjustSigmoid(data, image, { cutoff, gain, inv }, out),
  );
});

native.implement(equalizeAdapthist, (image, options) => {
  checkSamples(image);
  const { dtype, ...tiles } = resolveEqualizeAdapthist(image, options);
  const geometry = { width: image.width, height: image.height, channels: Math.min(image.channels, 3) };
  const out = destination("exposure.equalizeAdapthist", options, dtype, geometry);
  callAddon("exposure.equalizeAdapthist", () => addon.cpuEqualizeAdapthist(image.data, image, tiles, out.data));
  return out;
});

native.implement(equalizeHist, (image, options) => {
  checkSamples(image);
  const { nbins, dtype } = resolveEqualizeHist(image, options);
  const out = destination("exposure.equalizeHist", options, dtype, image);
  callAddon("exposure.equalizeHist", () => addon.cpuEqualizeHist(image.data, image, nbins, out.data));
  return out;
});

native.implement(histogram, (image, options) => {
  checkSamples(image);
  const operation = "exposure.histogram";
  const resolved = resolveHistogram(image, options);
  const { nbins, sourceRange, lists } = resolved;
  const { data } = image;
  if (data instanceof Float32Array || data instanceof Float64Array) {
    const counted = callAddon(operation, () => addon.cpuFloatHistogram(data, image, nbins, sourceRange, lists));
    return normalized(counted, resolved);
  }
  const extremes = (): [number, number] => callAddon(operation, () => addon.cpuExtrema(data, image));
  const { least, bins } = listedLevels(image.dtype, sourceRange, extremes);
  const counts = callAddon(operation, () => addon.cpuLevelHistogram(data, image, least, bins, lists));
  return normalized({ counts, binCenters: levelsFrom(least, bins) }, resolved);
});

native.implement(matchHistograms, (image, reference, options) => {
  checkSamples(image);
  const { lists, dtype } = resolveMatchHistograms(image, reference, options);
  checkSamples(reference);
  const out = destination("exposure.matchHistograms", options, dtype, image);
  callAddon("exposure.matchHistograms", () =>
    addon.cpuMatchHistograms(image.data, image, reference.data, reference, lists, out.data),
  );
  return out;
});

native.implement(rescaleIntensity, (image, options) => {
  checkSamples(image);
  const operation = "exposure.rescaleIntensity";
  const resolved = resolveRescaleIntensity(image, options);
  const extremes = (): [number, number] => callAddon(operation, () => addon.cpuExtrema(image.data, image));
  const { from, to } = rescalingOf(resolved, extremes);
  const out = destination(operation, options, resolved.dtype, image);
  callAddon(operation, () => addon.cpuRescaleIntensity(image.data, image, from, to, out.data));
  return out;
});

/** Every sample where the curve has it: by a table for 8 and 16 bits, so that all backends agree on them, else by the kernel. */
function adjusted(
  operation: string,
  image: Image,
  options: OutOptions | undefined,
  curve: Curve,
  kernel: (data: Computed, out: Computed) => void,
): Image {
  const { data } = image;
  if (!(data instanceof Uint8Array || data instanceof Uint16Array)) {
    const out = destination(operation, options, image.dtype, image);
    callAddon(operation, () => kernel(data, out.data as Computed));
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
  callAddon(operation, () => addon.cpuLookUp(data, image, table, out.data as Uint8Array | Uint16Array));
  return out;
}
