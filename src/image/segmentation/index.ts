export { clearBorder, type ClearBorderOptions } from "./clear-border.ts";
export { expandLabels, type ExpandLabelsOptions } from "./expand-labels.ts";
export { findBoundaries, type FindBoundariesOptions } from "./find-boundaries.ts";
export { markBoundaries, type MarkBoundariesOptions } from "./mark-boundaries.ts";
export { relabelSequential, type RelabelSequentialOptions, type Relabelled } from "./relabel-sequential.ts";
export { watershed, type WatershedOptions } from "./watershed.ts";
