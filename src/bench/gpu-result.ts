import type { Machine } from "./result.ts";

/** The card, or the software that plays one. */
export interface GpuAdapterName {
  readonly name: string;
  /** The driver and its version. */
  readonly driver: string;
  /** `"software"` computes on the CPU. */
  readonly deviceType: string;
  readonly backend: string;
}

/** What one kernel took in one operation. */
export interface GpuKernelRow {
  readonly operation: string;
  /** What it was given: `"uint8"`, `"3 × uint8"`. */
  readonly input: string;
  /** Width and height of the image, in pixels. */
  readonly side: number;
  readonly kernel: string;
  /** Times that it runs in one call of the operation; the other figures are those of all of them together. */
  readonly runs: number;
  /** On the GPU, the median of the rounds. */
  readonly milliseconds: number;
  /** Read and written at least: each byte once. */
  readonly bytes: number;
  /** `null` where the GPU's clock is too coarse to tell. */
  readonly gigabytesPerSecond: number | null;
  /** Of the bandwidth of {@link GpuBenchmark.copy}: beyond 1 for what stays in the caches. */
  readonly shareOfCopy: number | null;
}

/** A copy of a large buffer by a kernel: the bandwidth that the others are held against. */
export interface GpuCopy {
  /** Read and written. */
  readonly bytes: number;
  readonly milliseconds: number;
  readonly gigabytesPerSecond: number;
}

/** A large image to the GPU and back, by the wall clock, from samples in JavaScript to samples in JavaScript. */
export interface GpuTransfers {
  readonly bytes: number;
  readonly uploadGigabytesPerSecond: number;
  readonly readBackGigabytesPerSecond: number;
}

/** A chain of operations on pixels, as one kernel and as one for each, in turns. */
export interface GpuFusion {
  /** The operations, joined as in the kernel's name. */
  readonly chain: string;
  /** How many. */
  readonly operations: number;
  /** What it was given: `"3 × uint8"`. */
  readonly input: string;
  /** Width and height of the image, in pixels. */
  readonly side: number;
  /** Of all kernels, on the GPU. */
  readonly fusedMilliseconds: number;
  readonly unfusedMilliseconds: number;
  /** How many times as fast the one kernel is. */
  readonly speedup: number;
}

/** What {@link benchGpu} measured. A gigabyte is 10⁹ bytes; medians of the rounds. */
export interface GpuBenchmark {
  readonly schema: "tagswitch/bench-gpu/1";
  readonly machine: Machine;
  readonly adapter: GpuAdapterName;
  readonly quick: boolean;
  readonly rounds: number;
  readonly seconds: number;
  readonly copy: GpuCopy;
  readonly transfers: GpuTransfers;
  readonly kernels: readonly GpuKernelRow[];
  readonly fusion: GpuFusion;
}
