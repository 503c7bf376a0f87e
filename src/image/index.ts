import "./backends/native/index.ts";
import "./backends/wgpu/index.ts";
export { GpuError, type GpuErrorCode, ImageError, type ImageErrorCode, type ShaderLocation } from "./errors.ts";
export { GpuImage, type GpuDType } from "./gpu-image.ts";
export {
  gpuKernel,
  type GpuKernel,
  type GpuKernelDefinition,
  type KernelOutput,
  type ParameterSchema,
  type ParameterValues,
} from "./gpu-kernel/index.ts";
export { Image, type DType, type ImageGeometry, type Samples } from "./image.ts";
export type { ImagesElsewhere } from "./images-elsewhere.ts";
export { backend, type DispatchOptions, system } from "./system.ts";
export type { Border, NumpyBorder } from "./border.ts";
export type { Footprint } from "./footprint.ts";
export * as color from "./color/index.ts";
export * as cpu from "./cpu.ts";
export * as exposure from "./exposure/index.ts";
export * as feature from "./feature/index.ts";
export * as filters from "./filters/index.ts";
export * as gpu from "./gpu.ts";
export * as interop from "./interop/index.ts";
export * as io from "./io/index.ts";
export * as measure from "./measure/index.ts";
export * as metrics from "./metrics/index.ts";
export * as morphology from "./morphology/index.ts";
export * as segmentation from "./segmentation/index.ts";
export * as transform from "./transform/index.ts";
export * as util from "./util/index.ts";
