// Peaks, on the caller's thread in either form: most of the search is the library's own JavaScript.
import { addon } from "../../../addon.ts";
import { callAddon } from "../addon-call.ts";
import {
  cornerPeaks,
  type CornerPeaksOptions,
  findCornerPeaks,
  resolveCornerPeaks,
} from "../../feature/corner-peaks.ts";
import { peakLocalMax, resolvePeakLocalMax } from "../../feature/peak-local-max.ts";
import { findPeaks, type GreatestAround } from "../../feature/peaks.ts";
import { checkSamples, type Image, zeros } from "../../image.ts";
import { native } from "./backend.ts";

native.implement(peakLocalMax, (image, options) => {
  checkSamples(image);
  const resolved = resolvePeakLocalMax(image, options);
  return findPeaks(image, resolved, greatestAround("feature.peakLocalMax"));
});

native.implement(cornerPeaks, (image: Image, options?: CornerPeaksOptions) => {
  checkSamples(image);
  return findCornerPeaks(image, resolveCornerPeaks(image, options), greatestAround("feature.cornerPeaks"));
});

function greatestAround(operation: string): GreatestAround {
  return (image, { height, width, cells }) => {
    const out = zeros(image.dtype, image);
    const checked = { sides: [height, width] as const, cells, mode: "nearest", erosionCval: 0, dilationCval: 0 };
    callAddon(operation, () => addon.cpuMorphology("dilation", image.data, image, checked, out.data));
    return out;
  };
}
