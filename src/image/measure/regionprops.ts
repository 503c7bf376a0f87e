import {
  type ImageHeader,
  requireImageOrNull,
  requireIntegers,
  requireOneChannel,
  requireSameSize,
} from "../header.ts";
import { checkSamples, Image, zeros } from "../image.ts";
import { display, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { addExtraColumns } from "./extra-properties.ts";
import { RegionProperties } from "./region.ts";
import {
  pixelsNeeded,
  readRegionprops,
  REGIONPROPS_OPTIONS,
  type RegionpropsOptions,
  type ResolvedRegionprops,
} from "./region-options.ts";
import { RegionPixels } from "./region-pixels.ts";
import { INTENSITY_STRIDE, intensitiesOf, regionSums, STRIDE } from "./region-sums.ts";
import { needsIntensity, REGION_PROPERTIES, type RegionProperty, type RegionTable, tableOf } from "./region-table.ts";

/** Options of `measure.regionpropsTable`. */
export interface RegionpropsTableOptions extends RegionpropsOptions {
  /**
   * Which properties, in the order of columns. Default `label` and `bbox`. Of labels: `label`, `numPixels`, `area`, `areaBbox`, `areaConvex`,
   * `areaFilled`, `axisMajorLength`, `axisMinorLength`, `bbox`, `centroid`, `centroidLocal`, `eccentricity`, `equivalentDiameterArea`,
   * `eulerNumber`, `extent`, `feretDiameterMax`, `inertiaTensor`, `inertiaTensorEigvals`, `moments`, `momentsCentral`, `momentsHu`,
   * `momentsNormalized`, `orientation`, `perimeter`, `perimeterCrofton`, `solidity`. With an intensity image also `intensityMax`,
   * `intensityMean`, `intensityMedian`, `intensityMin`, `intensityStd`, `centroidWeighted`, `centroidWeightedLocal`, `momentsWeighted`,
   * `momentsWeightedCentral`, `momentsWeightedHu`, `momentsWeightedNormalized`.
   */
  properties?: readonly RegionProperty[];
  /** Between a property's name and the index of a number in it. Default `"-"`. */
  separator?: string;
}

/** What `measure.regionpropsTable` is to do, checked and with defaults. */
export interface ResolvedRegionpropsTable extends ResolvedRegionprops {
  readonly properties: readonly RegionProperty[];
  readonly separator: string;
}

const OPTIONS: readonly string[] = ["properties", "separator", ...REGIONPROPS_OPTIONS];

/** Checks the arguments of `measure.regionprops` and applies the defaults. */
export function resolveRegionprops(
  labels: ImageHeader,
  intensity?: ImageHeader | null,
  options?: RegionpropsOptions,
): ResolvedRegionprops {
  requireImageOrNull("measure.regionprops", intensity);
  const read = new OptionReader("measure.regionprops", options, REGIONPROPS_OPTIONS);
  const resolved = readRegionprops(read, Boolean(intensity));
  requireRegions("measure.regionprops", labels, intensity);
  return resolved;
}

/** Checks the arguments of `measure.regionpropsTable` and applies the defaults. */
export function resolveRegionpropsTable(
  labels: ImageHeader,
  intensity?: ImageHeader | null,
  options?: RegionpropsTableOptions,
): ResolvedRegionpropsTable {
  const operation = "measure.regionpropsTable";
  requireImageOrNull(operation, intensity);
  const read = new OptionReader(operation, options, OPTIONS);
  const resolved = readRegionprops(read, Boolean(intensity));
  const properties = read.value("properties") ?? ["label", "bbox"];
  if (!Array.isArray(properties)) throw read.invalid("properties", properties, "an array of names of properties");
  for (const property of [...(properties as unknown[])]) {
    if (!REGION_PROPERTIES.includes(property as RegionProperty)) {
      const expected = 'a property that "tagswitch docs measure.regionpropsTable" names, such as "area" and "centroid"';
      throw read.error(`option properties has ${display(property)}; expected ${expected}`);
    }
    if (!intensity && needsIntensity(property as RegionProperty)) {
      throw read.error(`option properties has ${display(property)}, which needs an intensity image; none was given`);
    }
    const needed = pixelsNeeded(property as RegionProperty, resolved.spacing);
    if (needed !== null) {
      const problem = `which needs ${needed}; spacing is ${display(resolved.spacing)}`;
      throw read.error(`option properties has ${display(property)}, ${problem}`);
    }
  }
  const separator = read.value("separator") ?? "-";
  if (typeof separator !== "string") throw read.invalid("separator", separator, "text");
  requireRegions(operation, labels, intensity);
  return { ...resolved, properties: properties as RegionProperty[], separator };
}

/**
 * The properties of the regions of a label image: scikit-image's `regionprops`, in 64 bits for every dtype.
 *
 * What takes a pass over the images is summed up at once for all regions, the rest is computed when it is read. Unlike there, values of
 * `extraProperties` stand in an object of that name, numbers of intensities of several channels in a region for each (`channels`); the offset
 * moves weighted centroids too, and a NaN outside of a region is no part of it.
 *
 * @param labels one channel, `uint8`, `uint16` or `int32`, such as `measure.label` makes; regions are what is above 0.
 * @param intensity the same size, any dtype, any number of channels; none or `null` leaves the properties of intensities out.
 * @returns the regions, ascending by label.
 * @throws ImageError `ERR_IMAGE_SHAPE` for sizes that differ or labels of several channels, `ERR_IMAGE_DTYPE` for float labels or an `intensity`
 * that is no image, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const regionprops: Operation<
  (labels: Image, intensity?: Image | null, options?: RegionpropsOptions) => RegionProperties[]
> = dispatchable(
  "measure.regionprops",
  { on: [0, 1], optionNames: REGIONPROPS_OPTIONS },
  function regionprops(labels: Image, intensity?: Image | null, options?: RegionpropsOptions): RegionProperties[] {
    checkSamples(labels);
    const resolved = resolveRegionprops(labels, intensity, options);
    if (intensity) checkSamples(intensity);
    return regionsFrom(sumsOf(labels, intensity), labels, intensity, resolved);
  },
);

/**
 * The properties of the regions of a label image as a table: scikit-image's `regionprops_table`, in 64 bits for every dtype.
 *
 * A property of several numbers has a column for each: `centroid-0`, `momentsCentral-2-0`, and where intensities have several channels, for
 * each of these: `intensityMean-2`, `centroidWeighted-0-2`; those of `extraProperties` come last. Those that differ in size from region to region,
 * `coords` and the images, are to be had of `measure.regionprops` only.
 *
 * @param labels, intensity as in {@link regionprops}.
 * @returns columns by name, a row for each region, ascending by label; whole numbers in `Int32Array`s.
 * @throws ImageError as {@link regionprops}.
 */
export const regionpropsTable: Operation<
  (labels: Image, intensity?: Image | null, options?: RegionpropsTableOptions) => RegionTable
> = dispatchable(
  "measure.regionpropsTable",
  { on: [0, 1], optionNames: OPTIONS },
  function regionpropsTable(labels: Image, intensity?: Image | null, options?: RegionpropsTableOptions): RegionTable {
    checkSamples(labels);
    const resolved = resolveRegionpropsTable(labels, intensity, options);
    if (intensity) checkSamples(intensity);
    return tableFrom(sumsOf(labels, intensity), labels, intensity, resolved);
  },
);

/** Regions from their sums of each channel, of whatever backend. */
export function regionsFrom(
  sums: readonly Float64Array[],
  labels: Image,
  intensity: Image | null | undefined,
  resolved: ResolvedRegionprops,
): RegionProperties[] {
  const stride = intensity ? INTENSITY_STRIDE : STRIDE;
  const channel = intensity?.channels === 1 ? 0 : null;
  return Array.from({ length: sums[0]!.length / stride }, (_, i) => {
    const own = sums.map((numbers) => numbers.subarray(i * stride, (i + 1) * stride));
    const pixels = new RegionPixels(own[0]!, labels);
    return new RegionProperties({ sums: own, pixels, intensity: intensity ?? null, channel, options: resolved });
  });
}

/** The table of regions from their sums. */
export function tableFrom(
  sums: readonly Float64Array[],
  labels: Image,
  intensity: Image | null | undefined,
  resolved: ResolvedRegionpropsTable,
): RegionTable {
  const { extraProperties, properties, separator } = resolved;
  const regions = regionsFrom(sums, labels, intensity, resolved);
  const model = regions[0] ?? onePixel(intensity, resolved);
  const table = tableOf(regions, properties, separator, model);
  addExtraColumns(table, extraProperties, regions, model, separator);
  return table;
}

/** A region of one pixel of intensity 0, for the shape of what there is to measure. */
function onePixel(intensity: Image | null | undefined, resolved: ResolvedRegionprops): RegionProperties {
  const labels: Image = new Image(Uint8Array.of(1), { width: 1, height: 1 });
  const dark = intensity ? zeros(intensity.dtype, { width: 1, height: 1, channels: intensity.channels }) : null;
  return regionsFrom(sumsOf(labels, dark), labels, dark, resolved)[0]!;
}

function sumsOf(labels: Image, intensity: Image | null | undefined): Float64Array[] {
  return intensitiesOf(intensity).map((channel) => regionSums(labels, channel));
}

function requireRegions(operation: string, labels: ImageHeader, intensity?: ImageHeader | null): void {
  requireOneChannel(operation, labels, "labels");
  requireIntegers(operation, labels, "labels");
  if (intensity) requireSameSize(operation, intensity, labels, "intensity", "labels");
}
