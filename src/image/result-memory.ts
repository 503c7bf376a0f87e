// What results are written into.
import { Buffer, constants } from "node:buffer";
import { addon } from "../addon.ts";
import { type DType, SAMPLE_ARRAYS } from "./image.ts";

/** Shorter memory is cleared in no time. */
const LEAST_BYTES = 1 << 14;

/** Memory from here on glibc gives back to the system whenever it is freed, unless it is the addon that asks for it. */
const LARGE_BYTES = (32 << 20) - (4 << 12);

/** The addon counts bytes in 32 bits. */
const MOST_BYTES = 2 ** 32 - 1;

/** Samples of whatever their memory holds, as no time is spent on zeros: for who writes every one of them. */
export function unwritten<D extends DType>(dtype: D, length: number): InstanceType<(typeof SAMPLE_ARRAYS)[D]> {
  const bytes = length * SAMPLE_ARRAYS[dtype].BYTES_PER_ELEMENT;
  const given = bytes < LEAST_BYTES || bytes > constants.MAX_LENGTH ? length : memory(bytes).buffer;
  return new SAMPLE_ARRAYS[dtype](given as ArrayBuffer) as InstanceType<(typeof SAMPLE_ARRAYS)[D]>;
}

function memory(bytes: number): Buffer {
  return bytes < LARGE_BYTES || bytes > MOST_BYTES ? Buffer.allocUnsafeSlow(bytes) : addon.largeMemory(bytes);
}
