// What users may ask of the engine behind backend "wgpu", and set.
import { addon } from "../../addon.ts";
import { GpuError } from "../errors.ts";
import { display, OptionReader } from "../options.ts";
import { callGpu } from "./addon-call.ts";

/** What GPU images lie on. */
export interface GpuAdapter {
  readonly name: string;
  /** The driver and its version. */
  readonly driver: string;
  /** `"software"` computes on the CPU. */
  readonly deviceType: "discrete" | "integrated" | "virtual" | "software" | "other";
  readonly backend: "vulkan" | "metal" | "dx12";
  /** The most bytes that an image can have. */
  readonly largestImage: number;
  /** The most bytes that a kernel is given at once. Larger images are worked on in tiles, or refused by `label` and `gpuKernel`s. */
  readonly largestBinding: number;
}

/** Counters since the process's device was made. */
export interface GpuStats {
  /** Times that recorded work was handed to the GPU. */
  readonly submissions: number;
  /** Kernels recorded. */
  readonly dispatches: number;
  /** Point-wise operations recorded as a part of another's kernel; see {@link setFusion}. */
  readonly fusedSteps: number;
  readonly uploadedBytes: number;
  readonly downloadedBytes: number;
  /** Bytes in use by images. */
  readonly liveBytes: number;
  /** Bytes of unused buffers, kept for later images and transfers. */
  readonly pooledBytes: number;
  /** The most of them that are kept; see {@link setPoolLimit}. */
  readonly poolLimit: number;
  /** Times that a kept buffer was used again. */
  readonly poolHits: number;
  /** Unused buffers that were freed, for there were too many bytes of them. */
  readonly poolEvictions: number;
  /** Buffers that had to be allocated, as none was kept that would do. */
  readonly allocations: number;
  /** Kernels compiled, each for the constants that it was asked for with. */
  readonly pipelines: number;
  /** Times that a compiled kernel was used again. */
  readonly pipelineHits: number;
  /** Shaders translated, each with its layout of bindings. */
  readonly shaders: number;
  readonly pipelineCache: GpuPipelineCache;
}

/** What the driver compiled, kept in a file between processes. */
export interface GpuPipelineCache {
  /**
   * `"unsupported"` by the driver; `"off"` by the environment; `"empty"`, no process kept anything for this adapter, driver and
   * version before; `"damaged"`, what was there could not be used; `"loaded"`.
   */
  readonly state: "unsupported" | "off" | "empty" | "damaged" | "loaded";
  readonly file?: string;
  /** Bytes that the driver was given at the start. */
  readonly loadedBytes: number;
  /** Bytes kept for later processes by this one; 0 while there is nothing new. */
  readonly savedBytes: number;
  /** Why nothing could be written. */
  readonly problem?: string;
}

/**
 * The adapter that the GPU would be used through. Makes no device.
 *
 * @param options `software: false` refuses adapters that compute on the CPU.
 * @throws GpuError `ERR_GPU_NO_ADAPTER`, `ERR_GPU_SOFTWARE_ADAPTER`, `ERR_GPU_SETTING`, with what is missing. ImageError
 * `ERR_IMAGE_OPTION`.
 */
export function adapter(options?: { software?: boolean }): GpuAdapter {
  const software = new OptionReader("gpu.adapter", options, ["software"], false).boolean("software", true);
  return callGpu("gpu", () => addon.gpuAdapter(software));
}

/** What an adapter can do, by the names that WebGPU and wgpu give it. */
export interface GpuCapabilities {
  readonly features: readonly string[];
  /** Those that bound kernels and images. */
  readonly limits: Readonly<Record<string, number>>;
}

/** What the adapter offers that {@link adapter} would give. Makes no device; options and errors are the same. */
export function capabilities(options?: { software?: boolean }): GpuCapabilities {
  const software = new OptionReader("gpu.capabilities", options, ["software"], false).boolean("software", true);
  return callGpu("gpu", () => addon.gpuCapabilities(software));
}

/** The engine's counters; `undefined` before its first use. */
export function stats(): GpuStats | undefined {
  return addon.gpuStats() ?? undefined;
}

/**
 * Sets how many bytes of unused buffers are kept for later images, and frees those beyond it: first the ones that were not
 * used for longest. Holds for the process, also before the engine's first use. Default: the environment's
 * `TAGSWITCH_GPU_POOL_BYTES`, else 256 MiB.
 *
 * @throws GpuError `ERR_GPU_ARGUMENT` for anything but a whole number of at least 0.
 */
export function setPoolLimit(bytes: number): void {
  if (!Number.isSafeInteger(bytes) || bytes < 0) {
    const message = `gpu.setPoolLimit: bytes is ${display(bytes)}; expected a whole number of at least 0`;
    throw new GpuError("ERR_GPU_ARGUMENT", "gpu.setPoolLimit", message);
  }
  addon.gpuSetPoolLimit(bytes);
}

/**
 * Says whether point-wise operations that come in a row (`color.rgb2gray`, `util.invert`, `util.greater`…) become one kernel, which
 * reads and writes memory once. Results are the same, to the last bit; `false` is for comparing speed. Holds for the process and
 * what is called from then on, also before the engine's first use. Default: the environment's `TAGSWITCH_GPU_FUSION`, `on` or
 * `off`, else `true`.
 *
 * @throws GpuError `ERR_GPU_ARGUMENT` for anything but a boolean.
 */
export function setFusion(on: boolean): void {
  if (typeof on !== "boolean") {
    const message = `gpu.setFusion: on is ${display(on)}; expected true or false`;
    throw new GpuError("ERR_GPU_ARGUMENT", "gpu.setFusion", message);
  }
  addon.gpuSetFusion(on);
}
