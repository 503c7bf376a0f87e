// What a kernel writes one of several results into.
import { unwritten } from "../../image.ts";
import type { FloatDType } from "../../intensity.ts";

/** Samples of a float result. */
export function floats(dtype: FloatDType, length: number): Float32Array | Float64Array {
  return unwritten(dtype, length);
}
