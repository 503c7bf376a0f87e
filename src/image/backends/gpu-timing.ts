// What kernels take on the GPU, for those who measure.
import { isPromise } from "node:util/types";
import { addon } from "../../addon.ts";
import { GpuError } from "../errors.ts";
import { display } from "../options.ts";
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

/** What a body gave, and the kernels that ran for it. */
export interface Timed<R> {
  readonly result: R;
  /** In the order in which they ran. */
  readonly kernels: readonly KernelTime[];
}

/**
 * Runs `body` and what it records, waits for that, and tells what each kernel took, in the order in which they ran. Kernels
 * that other tasks and worker threads record meanwhile are among them. Operations on pixels whose results are disposed of
 * when `body` ends are not computed, and not among them. Outside of this nothing is timed and nothing is paid.
 *
 * @returns a promise when `body` returns one.
 * @throws GpuError `ERR_GPU_UNSUPPORTED` by an adapter without timestamps, `ERR_GPU_ARGUMENT` within another call of this and
 * for a body that is no function, what an adapter or its device may fail with, as in `GpuImage.from`; and whatever `body` throws.
 */
export function kernelTimes(body: () => Promise<unknown>): Promise<readonly KernelTime[]>;
export function kernelTimes(body: () => void): readonly KernelTime[];
export function kernelTimes(body: () => unknown): readonly KernelTime[] | Promise<readonly KernelTime[]> {
  const timed = timeKernels("gpu.kernelTimes", body);
  return isPromise(timed) ? timed.then(({ kernels }) => kernels) : timed.kernels;
}

/** What {@link kernelTimes} does, with the body's result; `what` begins the messages. */
export function timeKernels<R>(what: string, body: () => R | Promise<R>): Timed<R> | Promise<Timed<R>> {
  if (typeof body !== "function") {
    throw new GpuError("ERR_GPU_ARGUMENT", what, `${what}: body is ${display(body)}; expected a function`);
  }
  const end = (result: R): Timed<R> => ({ result, kernels: callGpu(what, () => addon.gpuKernelTimes()) });
  callGpu(what, () => addon.gpuTimeKernels());
  let result: R | Promise<R>;
  try {
    result = body();
  } catch (error) {
    giveUp(error);
  }
  return isPromise(result) ? result.then(end, giveUp) : end(result);
}

/** Ends the timing of a body that failed. */
function giveUp(error: unknown): never {
  try {
    addon.gpuKernelTimes();
  } catch {
    // What body threw comes first.
  }
  throw error;
}
