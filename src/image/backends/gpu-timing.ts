// What kernels take on the GPU, for those who measure.
import { addon } from "../../addon.ts";
import { callGpu } from "./addon-call.ts";

/** What one run of a kernel took. */
export interface KernelTime {
  /** `module.operation`, `module.operation/step` of an operation of several kernels, `a+b` of several operations in one. */
  readonly kernel: string;
  /** From the GPU's start on it to its end. */
  readonly nanoseconds: number;
  /** What it moves at least: bytes read and bytes written, each once; parameters and small tables are left out. */
  readonly bytes: number;
}

/**
 * Runs `body` and what it records, waits for that, and tells what each kernel took, in the order in which they ran. Kernels
 * that worker threads record meanwhile are among them. Operations on pixels whose results are disposed of when `body` ends
 * are not computed, and not among them. Outside of this nothing is timed and nothing is paid.
 *
 * @throws GpuError `ERR_GPU_UNSUPPORTED` by an adapter without timestamps, `ERR_GPU_ARGUMENT` within another call of this,
 * what an adapter or its device may fail with, as in `GpuImage.from`; and whatever `body` throws.
 */
export function kernelTimes(body: () => void): readonly KernelTime[] {
  const what = "gpu.kernelTimes";
  callGpu(what, () => addon.gpuTimeKernels());
  try {
    body();
  } catch (error) {
    try {
      addon.gpuKernelTimes();
    } catch {
      // What body threw comes first.
    }
    throw error;
  }
  return callGpu(what, () => addon.gpuKernelTimes());
}
