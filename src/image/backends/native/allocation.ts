// What a kernel writes its result into.
import { type DType, SAMPLE_ARRAYS, type Samples } from "../../image.ts";
import type { FloatDType } from "../../intensity.ts";

/** Samples of a float result. */
export function floats(dtype: FloatDType, length: number): Float32Array | Float64Array {
  return new SAMPLE_ARRAYS[dtype](length);
}

/** Samples of any result. */
export function samples(dtype: DType, length: number): Samples {
  return new SAMPLE_ARRAYS[dtype](length);
}
