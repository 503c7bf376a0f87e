import { cornerPeaks, type CornerPeaksOptions, peaksOrMask, resolveCornerPeaks } from "../../feature/corner-peaks.ts";
import { peakLocalMax, resolvePeakLocalMax } from "../../feature/peak-local-max.ts";
import type { Peak, ResolvedPeaks } from "../../feature/peak-options.ts";
import { checkSamples, type Image } from "../../image.ts";
import { checkedPeaks, peaksAt } from "../peak-call.ts";
import type { Steps } from "../steps.ts";
import { sizeOf } from "../addon-call.ts";
import { implement, kernel } from "./implement.ts";

implement(peakLocalMax, function* (image, options) {
  checkSamples(image);
  return yield* peaks("feature.peakLocalMax", image, resolvePeakLocalMax(image, options), false);
});

implement(cornerPeaks, function* (image: Image, options?: CornerPeaksOptions) {
  checkSamples(image);
  const resolved = resolveCornerPeaks(image, options);
  return peaksOrMask(image, yield* peaks("feature.cornerPeaks", image, resolved, true), resolved);
});

function* peaks(operation: string, image: Image, resolved: ResolvedPeaks, corners: boolean): Steps<Peak[]> {
  const checked = checkedPeaks(resolved);
  const labels = (resolved.labels?.data ?? null) as Uint8Array | Uint16Array | Int32Array | null;
  return peaksAt(
    yield* kernel(operation, (addon) => addon.cpuPeaks(image.data, ...sizeOf(image), checked, labels, corners)),
  );
}
