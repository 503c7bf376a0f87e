import { addon } from "../../../addon.ts";
import type { ImageHeader } from "../../header.ts";
import { type Image, zeros } from "../../image.ts";
import { needsIntensity, type RegionProperty } from "../../measure/region-table.ts";
import {
  regionpropsTable,
  type RegionpropsTableOptions,
  type ResolvedRegionpropsTable,
  resolveRegionpropsTable,
  tableFrom,
} from "../../measure/regionprops.ts";
import { attempt } from "../attempt.ts";
import { decide } from "../gpu-choice.ts";
import { orNext } from "./or-next.ts";
import { type Argument, asked } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

/** What follows from boxes, from extremes and from sums that 64 bits hold. */
const SUMMED_UP: ReadonlySet<RegionProperty> = new Set([
  "area",
  "areaBbox",
  "axisMajorLength",
  "axisMinorLength",
  "bbox",
  "centroid",
  "centroidLocal",
  "centroidWeighted",
  "centroidWeightedLocal",
  "eccentricity",
  "equivalentDiameterArea",
  "extent",
  "inertiaTensor",
  "inertiaTensorEigvals",
  "intensityMax",
  "intensityMean",
  "intensityMin",
  "intensityStd",
  "label",
  "numPixels",
  "orientation",
]);

/** Of these, what takes squares of intensities, or their products with places: 32 bits have no room for them. */
const PRODUCTS: ReadonlySet<RegionProperty> = new Set(["centroidWeighted", "centroidWeightedLocal", "intensityStd"]);

implementInSteps(
  regionpropsTable,
  orNext(function* (labels: Argument, intensity?: Argument | null, options?: RegionpropsTableOptions): Steps<unknown> {
    const operation = "measure.regionpropsTable";
    const resolved = resolveRegionpropsTable(labels, intensity, options);
    const problem = unsummed(resolved, intensity);
    if (problem !== null) throw unsupported(operation, problem);
    const of = resolved.properties.some(needsIntensity) ? intensity : null;
    const sums = of
      ? yield* asked(operation, [labels, of], (later, ...gpu) => addon.gpuRegionSums(operation, ...gpu, later))
      : yield* asked(operation, [labels], (later, gpu) => addon.gpuRegionSums(operation, gpu, null, later));
    return tableFrom(sums, onePixelOf(labels), of && onePixelOf(of), resolved);
  }),
  {
    shouldRun: (context, labels, intensity, options) => {
      const resolved = attempt(() => resolveRegionpropsTable(labels, intensity, options));
      const problem = resolved && unsummed(resolved, intensity);
      return problem ?? decide(context, intensity ? [labels, intensity] : [labels], 0);
    },
    defers: true,
  },
);

/** Why the GPU does not make a table; `null` where it does. */
function unsummed(
  { extraProperties, properties }: ResolvedRegionpropsTable,
  intensity?: ImageHeader | null,
): string | null {
  if (extraProperties.length > 0) return "extraProperties: regions are not cut out on the GPU";
  const other = properties.find((property) => !SUMMED_UP.has(property));
  if (other !== undefined) return `${other}: only what follows from boxes, extremes and sums on the GPU`;
  const dtype = intensity?.dtype ?? "uint8";
  if (dtype.startsWith("u")) return null;
  const wide = properties.find((property) => (dtype === "int32" ? PRODUCTS.has(property) : needsIntensity(property)));
  return wide === undefined ? null : `${wide} of ${dtype}: its sums are not exact on the GPU`;
}

/** What stands for an image of which only dtype and channels matter: the sums are there. */
function onePixelOf({ channels, dtype }: Argument): Image {
  return zeros(dtype, { width: 1, height: 1, channels });
}
