import { isFiniteNumber, type OptionReader } from "../options.ts";
import { readSpacing, type Spacing } from "../spacing.ts";
import type { DispatchOptions } from "../system.ts";
import { type ExtraProperty, readExtraProperties } from "./extra-properties.ts";
import type { Place } from "./profile-line.ts";

/** Options of `measure.regionprops`. */
export interface RegionpropsOptions extends DispatchOptions {
  /**
   * Height and width of a pixel, above 0, in whose unit lengths, areas, centroids and moments are. Default 1. Other than 1, there are no
   * `momentsHu` and `momentsWeightedHu`; where the two differ, no `perimeter` and `perimeterCrofton`.
   */
  spacing?: number | Spacing;
  /** What is added to the centroids and coordinates: where the image lies in a larger one. Default `[0, 0]`. */
  offset?: Place;
  /**
   * Properties of one's own: functions of a region's mask in its bounding box and, where they have two parameters, of the intensities there,
   * 0 outside of the region. They are called by their names, which differ.
   */
  extraProperties?: readonly ExtraProperty[];
}

/** What regions are measured by, checked and with defaults. */
export interface ResolvedRegionprops {
  readonly spacing: Spacing;
  readonly offset: Place;
  readonly extraProperties: readonly ExtraProperty[];
}

/** The names of these options. */
export const REGIONPROPS_OPTIONS: readonly string[] = ["spacing", "offset", "extraProperties"];

/** Reads them; `hasIntensity`: whether there is an image of intensities. */
export function readRegionprops(read: OptionReader, hasIntensity: boolean): ResolvedRegionprops {
  const spacing = readSpacing(read);
  const offset = read.value("offset") ?? [0, 0];
  if (!(Array.isArray(offset) && offset.length === 2 && [...offset].every(isFiniteNumber))) {
    throw read.invalid("offset", offset, "[row, column], finite numbers");
  }
  const [row, column] = offset as [number, number];
  return { spacing, offset: [row, column], extraProperties: readExtraProperties(read, hasIntensity) };
}

/** What pixels have to be for a property, where these are not: Hu's invariants and lengths of borders are those of square ones. */
export function pixelsNeeded(property: string, [row, column]: Spacing): string | null {
  if (property.endsWith("Hu") && (row !== 1 || column !== 1)) return "a spacing of 1";
  if (property.startsWith("perimeter") && row !== column) return "the same spacing of rows and columns";
  return null;
}
