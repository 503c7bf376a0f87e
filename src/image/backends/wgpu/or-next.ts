import { defer } from "../../../index.ts";
import { GpuError } from "../../errors.ts";
import type { Steps } from "../steps.ts";

/**
 * An implementation that finds out only as it runs, from the samples, what the GPU does not do: the next backend gets the
 * call then. To be added with `defers: true`.
 */
export function orNext<A extends unknown[]>(steps: (...args: A) => Steps<unknown>): (...args: A) => Steps<unknown> {
  return function* (...args) {
    try {
      return yield* steps(...args);
    } catch (error) {
      if (error instanceof GpuError && error.code === "ERR_GPU_UNSUPPORTED") return defer(error.message);
      throw error;
    }
  };
}
