export { downscaleLocalMean, type DownscaleLocalMeanOptions } from "./downscale-local-mean.ts";
export { estimateTransform, type TransformType } from "./estimate-transform.ts";
export {
  type AffineOptions,
  AffineTransform,
  type EuclideanOptions,
  EuclideanTransform,
  type ProjectiveOptions,
  ProjectiveTransform,
  type SimilarityOptions,
  SimilarityTransform,
} from "./geometric-transform.ts";
export { integralImage, type IntegralImageOptions } from "./integral-image.ts";
export { type Corner, integrate, type IntegrateOptions } from "./integrate.ts";
export type { OutputShape } from "./interpolation.ts";
export type { Matrix, Point } from "./matrix.ts";
export { pyramidExpand, type PyramidExpandOptions } from "./pyramid-expand.ts";
export { pyramidReduce, type PyramidReduceOptions } from "./pyramid-reduce.ts";
export { rescale, type RescaleOptions } from "./rescale.ts";
export { resize, type ResizeOptions } from "./resize.ts";
export { rotate, type RotateOptions } from "./rotate.ts";
export { type InverseMap, type PlaceOf, warp, type WarpOptions } from "./warp.ts";
export { warpPolar, type WarpPolarOptions } from "./warp-polar.ts";
