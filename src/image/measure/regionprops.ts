import { ImageError } from "../errors.ts";
import {
  type ImageHeader,
  requireImageOrNull,
  requireIntegers,
  requireOneChannel,
  requireSameSize,
} from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { display, isFiniteNumber, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { readSpacing, type Spacing } from "../spacing.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import type { Place } from "./profile-line.ts";
import { RegionProperties } from "./region.ts";
import { pixelsNeeded, type RegionFrame } from "./region-frame.ts";
import { INTENSITY_STRIDE, regionSums, STRIDE } from "./region-sums.ts";
import { needsIntensity, REGION_PROPERTIES, type RegionProperty, type RegionTable, tableOf } from "./region-table.ts";

/** Options of `measure.regionprops`. */
export interface RegionpropsOptions extends DispatchOptions {
  /**
   * Height and width of a pixel, above 0, in whose unit lengths, areas, centroids and moments are. Default 1. Other than 1, there are no
   * `momentsHu` and `momentsWeightedHu`; where the two differ, no `perimeter` and `perimeterCrofton`.
   */
  spacing?: number | Spacing;
  /** What is added to the centroids and coordinates: where the image lies in a larger one. Default `[0, 0]`. */
  offset?: Place;
}

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
export interface ResolvedRegionpropsTable extends RegionFrame {
  readonly properties: readonly RegionProperty[];
  readonly separator: string;
}

const OPTIONS: readonly string[] = ["spacing", "offset"];
const TABLE_OPTIONS: readonly string[] = ["properties", "separator", ...OPTIONS];

/** Checks the arguments of `measure.regionprops` and applies the defaults. */
export function resolveRegionprops(
  labels: ImageHeader,
  intensity?: ImageHeader | null,
  options?: RegionpropsOptions,
): RegionFrame {
  requireImageOrNull("measure.regionprops", intensity);
  const frame = readFrame(new OptionReader("measure.regionprops", options, OPTIONS));
  requireRegions("measure.regionprops", labels, intensity);
  return frame;
}

/** Checks the arguments of `measure.regionpropsTable` and applies the defaults. */
export function resolveRegionpropsTable(
  labels: ImageHeader,
  intensity?: ImageHeader | null,
  options?: RegionpropsTableOptions,
): ResolvedRegionpropsTable {
  const operation = "measure.regionpropsTable";
  requireImageOrNull(operation, intensity);
  const read = new OptionReader(operation, options, TABLE_OPTIONS);
  const frame = readFrame(read);
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
    const needed = pixelsNeeded(property as RegionProperty, frame.spacing);
    if (needed !== null) {
      const problem = `which needs ${needed}; spacing is ${display(frame.spacing)}`;
      throw read.error(`option properties has ${display(property)}, ${problem}`);
    }
  }
  const separator = read.value("separator") ?? "-";
  if (typeof separator !== "string") throw read.invalid("separator", separator, "text");
  requireRegions(operation, labels, intensity);
  return { ...frame, properties: properties as RegionProperty[], separator };
}

/**
 * The properties of the regions of a label image: scikit-image's `regionprops`, in 64 bits for every dtype.
 *
 * What takes a pass over the images is summed up at once for all regions, the rest is computed when it is read. Left out:
 * `extra_properties`, and intensities of several channels. Unlike there, the offset moves weighted centroids too, and a NaN outside of a region is no part of it.
 *
 * @param labels one channel, `uint8`, `uint16` or `int32`, such as `measure.label` makes; regions are what is above 0.
 * @param intensity one channel of the same size, any dtype; none or `null` leaves the properties of intensities out.
 * @returns the regions, ascending by label.
 * @throws ImageError `ERR_IMAGE_SHAPE` for sizes that differ or several channels, `ERR_IMAGE_DTYPE` for float labels or an `intensity`
 * that is no image, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const regionprops: Operation<
  (labels: Image, intensity?: Image | null, options?: RegionpropsOptions) => RegionProperties[]
> = dispatchable(
  "measure.regionprops",
  { on: [0, 1], optionNames: OPTIONS },
  function regionprops(labels: Image, intensity?: Image | null, options?: RegionpropsOptions): RegionProperties[] {
    checkSamples(labels);
    const frame = resolveRegionprops(labels, intensity, options);
    if (intensity) checkSamples(intensity);
    return regionsFrom(regionSums(labels, intensity ?? null), labels, intensity, frame);
  },
);

/**
 * The properties of the regions of a label image as a table: scikit-image's `regionprops_table`, in 64 bits for every dtype.
 *
 * A property of several numbers has a column for each: `centroid-0`, `momentsCentral-2-0`. Those that differ in size from region to region,
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
  { on: [0, 1], optionNames: TABLE_OPTIONS },
  function regionpropsTable(labels: Image, intensity?: Image | null, options?: RegionpropsTableOptions): RegionTable {
    checkSamples(labels);
    const { properties, separator, ...frame } = resolveRegionpropsTable(labels, intensity, options);
    if (intensity) checkSamples(intensity);
    const regions = regionsFrom(regionSums(labels, intensity ?? null), labels, intensity, frame);
    return tableOf(regions, properties, separator);
  },
);

/** Regions from their sums, of whatever backend. */
export function regionsFrom(
  sums: Float64Array,
  labels: Image,
  intensity: Image | null | undefined,
  frame: RegionFrame,
): RegionProperties[] {
  const stride = intensity ? INTENSITY_STRIDE : STRIDE;
  return Array.from(
    { length: sums.length / stride },
    (_, i) => new RegionProperties(sums.subarray(i * stride, (i + 1) * stride), labels, intensity ?? null, frame),
  );
}

function readFrame(read: OptionReader): RegionFrame {
  const spacing = readSpacing(read);
  const offset = read.value("offset") ?? [0, 0];
  if (!(Array.isArray(offset) && offset.length === 2 && [...offset].every(isFiniteNumber))) {
    throw read.invalid("offset", offset, "[row, column], finite numbers");
  }
  return { spacing, offset: [...offset] as unknown as Place };
}

function requireRegions(operation: string, labels: ImageHeader, intensity?: ImageHeader | null): void {
  requireOneChannel(operation, labels, "labels");
  requireIntegers(operation, labels, "labels");
  if (!intensity) return;
  requireSameSize(operation, intensity, labels, "intensity", "labels");
  if (intensity.channels === 1) return;
  throw new ImageError("ERR_IMAGE_SHAPE", `${operation}: intensity has ${intensity.channels} channels; expected one`);
}
