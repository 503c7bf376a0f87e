export { blackTophat } from "./black-tophat.ts";
export { closing } from "./closing.ts";
export { convexHullImage, type ConvexHullImageOptions } from "./convex-hull-image.ts";
export { dilation } from "./dilation.ts";
export {
  type DistancesAndIndices,
  type DistanceTransformEdt,
  distanceTransformEdt,
  type DistanceTransformEdtOptions,
} from "./distance-transform-edt.ts";
export { erosion } from "./erosion.ts";
export { diamond, disk, type DiskOptions, footprintRectangle } from "./footprints.ts";
export type { MorphologyMode, MorphologyOptions } from "./gray-options.ts";
export { opening } from "./opening.ts";
export { removeSmallHoles, type RemoveSmallHolesOptions } from "./remove-small-holes.ts";
export { removeSmallObjects, type RemoveSmallObjectsOptions } from "./remove-small-objects.ts";
export { whiteTophat } from "./white-tophat.ts";
