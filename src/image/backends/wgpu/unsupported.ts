import { GpuError } from "../../errors.ts";

/** The error of what other backends can do, and the GPU cannot, with the reason. */
export function unsupported(operation: string, reason: string): GpuError {
  return new GpuError("ERR_GPU_UNSUPPORTED", operation, `${operation}: ${reason}`);
}
