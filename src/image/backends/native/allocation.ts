// What a kernel writes one of several results into.
import type { FloatDType } from "../../intensity.ts";
import { unwritten } from "../../result-memory.ts";

/** Samples of a float result. */
export function floats(dtype: FloatDType, length: number): Float32Array | Float64Array {
  return unwritten(dtype, length);
}
