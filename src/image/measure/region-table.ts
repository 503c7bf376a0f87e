import type { RegionProperties } from "./region.ts";

/** A column to each number of a property, ready for `console.table` or a data frame; rows are regions. */
export type RegionTable = Record<string, Int32Array | Float64Array>;

/** A property of a region that is one number or a fixed number of them. */
export type RegionProperty = Exclude<
  keyof RegionProperties,
  | "channels"
  | "coords"
  | "coordsScaled"
  | "extraProperties"
  | "hasIntensity"
  | "image"
  | "imageConvex"
  | "imageFilled"
  | "imageIntensity"
  | "spacing"
>;

/** How many numbers a property has: by index, outermost first; none for one number. Whole numbers fill `Int32Array`s. */
interface Column {
  readonly shape: readonly number[];
  readonly whole?: true;
}

const SCALAR: Column = { shape: [] };
const WHOLE: Column = { shape: [], whole: true };
const PAIR: Column = { shape: [2] };
const MOMENTS: Column = { shape: [4, 4] };
const HU: Column = { shape: [7] };

const COLUMNS: Readonly<Record<RegionProperty, Column>> = {
  area: SCALAR,
  areaBbox: SCALAR,
  areaConvex: SCALAR,
  areaFilled: SCALAR,
  axisMajorLength: SCALAR,
  axisMinorLength: SCALAR,
  bbox: { shape: [4], whole: true },
  centroid: PAIR,
  centroidLocal: PAIR,
  centroidWeighted: PAIR,
  centroidWeightedLocal: PAIR,
  eccentricity: SCALAR,
  equivalentDiameterArea: SCALAR,
  eulerNumber: WHOLE,
  extent: SCALAR,
  feretDiameterMax: SCALAR,
  inertiaTensor: { shape: [2, 2] },
  inertiaTensorEigvals: PAIR,
  intensityMax: SCALAR,
  intensityMean: SCALAR,
  intensityMedian: SCALAR,
  intensityMin: SCALAR,
  intensityStd: SCALAR,
  label: WHOLE,
  moments: MOMENTS,
  momentsCentral: MOMENTS,
  momentsHu: HU,
  momentsNormalized: MOMENTS,
  momentsWeighted: MOMENTS,
  momentsWeightedCentral: MOMENTS,
  momentsWeightedHu: HU,
  momentsWeightedNormalized: MOMENTS,
  numPixels: WHOLE,
  orientation: SCALAR,
  perimeter: SCALAR,
  perimeterCrofton: SCALAR,
  solidity: SCALAR,
};

/** The names of these properties. */
export const REGION_PROPERTIES: readonly RegionProperty[] = Object.keys(COLUMNS) as RegionProperty[];

/** Whether a property is of the intensities, and needs an image of them. */
export function needsIntensity(property: RegionProperty): boolean {
  return /intensity|weighted/i.test(property);
}

/**
 * The properties of all regions by column: `centroid-0`, `centroid-1` where there are several numbers, `-` being the separator. Where intensities
 * have several channels, theirs come last: `intensityMean-2`, `centroidWeighted-0-2`.
 *
 * @param model a region with as many channels as all.
 */
export function tableOf(
  regions: readonly RegionProperties[],
  properties: readonly RegionProperty[],
  separator: string = "-",
  model: RegionProperties = regions[0]!,
): RegionTable {
  const table: RegionTable = {};
  const channels = model.channels.length;
  for (const property of properties) {
    const column = COLUMNS[property];
    if (channels > 1 && needsIntensity(property)) {
      const rows = regions.map((region) => interleaved(region.channels.map((each) => [each[property]].flat(2))));
      addColumns(table, property, { shape: [...column.shape, channels] }, rows, separator);
    } else {
      const rows = regions.map((region) => [region[property]].flat(2));
      addColumns(table, property, column, rows, separator);
    }
  }
  return table;
}

/** Adds the columns of one property, of which each region has a row of numbers. */
export function addColumns(
  table: RegionTable,
  name: string,
  { shape, whole }: Column,
  rows: readonly (readonly number[])[],
  separator: string,
): void {
  const indices = shape.reduce<number[][]>(
    (before, length) => before.flatMap((index) => Array.from({ length }, (_, i) => [...index, i])),
    [[]],
  );
  for (const [i, index] of indices.entries()) {
    const column = rows.map((numbers) => numbers[i]!);
    table[[name, ...index].join(separator)] = whole ? Int32Array.from(column) : Float64Array.from(column);
  }
}

/** The first number of each list, then the second of each. */
function interleaved(lists: readonly (readonly number[])[]): number[] {
  return lists[0]!.flatMap((_, i) => lists.map((numbers) => numbers[i]!));
}
