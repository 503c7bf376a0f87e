export { blackTophat } from "./black-tophat.ts";
export { closing } from "./closing.ts";
export { dilation } from "./dilation.ts";
export { erosion } from "./erosion.ts";
export { diamond, disk, type DiskOptions, footprintRectangle } from "./footprints.ts";
export type { MorphologyMode, MorphologyOptions } from "./gray-options.ts";
export { opening } from "./opening.ts";
export { whiteTophat } from "./white-tophat.ts";
