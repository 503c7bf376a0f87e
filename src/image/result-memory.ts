// What results are written into.
import { Buffer, constants } from "node:buffer";
import { addon } from "../addon.ts";
import { ImageError } from "./errors.ts";
import { type DType, SAMPLE_ARRAYS } from "./image.ts";

/** Shorter memory is cleared in no time. */
const LEAST_BYTES = 1 << 14;

/** Memory from here on glibc gives back to the system whenever it is freed, unless it is the addon that asks for it. */
const LARGE_BYTES = (32 << 20) - (4 << 12);

/**
 * Samples of whatever their memory holds, as no time is spent on zeros: for who writes every one of them.
 *
 * @throws ImageError `ERR_IMAGE_LIMIT` if there is no memory for so many.
 */
export function unwritten<D extends DType>(dtype: D, length: number): InstanceType<(typeof SAMPLE_ARRAYS)[D]> {
  const bytes = length * SAMPLE_ARRAYS[dtype].BYTES_PER_ELEMENT;
  try {
    const given = bytes < LEAST_BYTES || bytes > constants.MAX_LENGTH ? length : memory(bytes).buffer;
    return new SAMPLE_ARRAYS[dtype](given as ArrayBuffer) as InstanceType<(typeof SAMPLE_ARRAYS)[D]>;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `no memory for a result of ${length} samples of ${dtype}, ${bytes} bytes; smaller images, or parts of this one, need less`;
    throw new ImageError("ERR_IMAGE_LIMIT", message, { cause: error });
  }
}

function memory(bytes: number): Buffer {
  if (bytes < LARGE_BYTES) return Buffer.allocUnsafeSlow(bytes);
  return addon.largeMemory(() => Buffer.allocUnsafeSlow(bytes));
}
