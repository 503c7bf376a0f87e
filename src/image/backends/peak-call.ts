// How the functions that find peaks call the addon.
import type { addon } from "../../addon.ts";
import type { Peak, ResolvedPeaks } from "../feature/peak-options.ts";

/** What the addon is told. */
export function checkedPeaks(resolved: ResolvedPeaks): Parameters<typeof addon.cpuPeaks>[4] {
  const { minDistance, thresholdAbs, thresholdRel, excluded, numPeaks, numPeaksPerLabel, pNorm, footprint } = resolved;
  return {
    minDistance,
    excluded,
    numPeaks,
    numPeaksPerLabel,
    pNorm,
    ...(thresholdAbs !== null && { thresholdAbs }),
    ...(thresholdRel !== null && { thresholdRel }),
    sides: [footprint.height, footprint.width],
    cells: footprint.cells,
  };
}

/** The peaks of the addon's rows and columns, one after the other. */
export function peaksAt(places: Uint32Array): Peak[] {
  return Array.from({ length: places.length / 2 }, (_, i): Peak => [places[2 * i]!, places[2 * i + 1]!]);
}
