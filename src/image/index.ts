import "./backends/native.ts";
export { ImageError, type ImageErrorCode } from "./errors.ts";
export { Image, type DType, type ImageGeometry, type Samples } from "./image.ts";
export type { Border } from "./border.ts";
export * as color from "./color/index.ts";
export * as filters from "./filters/index.ts";
export * as io from "./io.ts";
export * as measure from "./measure/index.ts";
export * as util from "./util/index.ts";
