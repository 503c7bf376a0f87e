import test from "ava";
import { color, exposure, filters, Image, metrics, util } from "../../src/image/index.ts";

// Dispatch passes over arguments that are not there: calls that have another image come to an implementation.
const image = (): Image => new Image(new Uint8Array(64), { width: 8, height: 8 });
const rgb = (): Image => new Image(new Uint8Array(192), { width: 8, height: 8, channels: 3 });

for (const backend of [undefined, "default", "native"]) {
  for (const none of [null, undefined]) {
    test(`${backend ?? "any backend"}: ${none} in place of the first image is an error with a code`, (t) => {
      const missing = none as unknown as Image;
      const options = backend === undefined ? {} : { backend };
      const calls = {
        greater: () => util.greater(missing, image(), options),
        applyHysteresisThreshold: () => filters.applyHysteresisThreshold(missing, image(), image(), options),
        meanSquaredError: () => metrics.meanSquaredError(missing, image(), options),
        normalizedRootMse: () => metrics.normalizedRootMse(missing, image(), options),
        peakSignalNoiseRatio: () => metrics.peakSignalNoiseRatio(missing, image(), options),
        structuralSimilarity: () => metrics.structuralSimilarity(missing, image(), options),
        matchHistograms: () => exposure.matchHistograms(missing, image(), options),
        label2rgb: () => color.label2rgb(missing, rgb(), options),
      };
      for (const [name, call] of Object.entries(calls)) {
        t.throws(call, { code: "ERR_IMAGE_DTYPE", message: /null|undefined/ }, name);
      }
    });
  }
}
