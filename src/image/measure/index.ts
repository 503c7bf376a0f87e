export { label, type LabelOptions } from "./label.ts";
export { moments, momentsCentral, type MomentsCentralOptions, momentsHu, type MomentsOptions } from "./moments.ts";
export type { RegionProperties } from "./region.ts";
export { regionprops, regionpropsTable, type RegionpropsTableOptions } from "./regionprops.ts";
export type { RegionProperty, RegionTable } from "./region-table.ts";
