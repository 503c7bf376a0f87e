// The option `out`: results that go into memory that the caller has.
import type { OutputOption } from "../index.ts";
import { ImageError, type ImageErrorCode } from "./errors.ts";
import { shape } from "./header.ts";
import { checkSamples, type DType, Image, type ImageGeometry, memoryOf, type SAMPLE_ARRAYS } from "./image.ts";
import { display, isPlainObject } from "./options.ts";
import { unwritten } from "./result-memory.ts";
import type { DispatchOptions } from "./system.ts";

/** Options that every operation takes whose result is an image. */
export interface OutOptions<Result extends Image = Image> extends DispatchOptions {
  /**
   * An image in main memory that the result is written into, and which is what the operation then returns: of the result's height,
   * width, channels, `alpha` and dtype, over memory that none of the images given lies in. Default: new memory.
   *
   * `ERR_IMAGE_SHAPE` and `ERR_IMAGE_DTYPE` for one that does not fit, and `ERR_IMAGE_BUFFER` for shared memory, leave it as it was;
   * after any other error what it holds is unspecified. An asynchronous call may write it until its promise is settled.
   */
  out?: Result;
}

/** What the dispatcher has to know of it. Backends that do not write into `out` need not know it. */
export const OUT: OutputOption = {
  option: "out",
  check(out, args, operation) {
    requireOut(operation, out);
    const [image] = args;
    if (!(image instanceof Image)) {
      const problem = `option out is for images in main memory; the first argument is ${display(image)}, not an Image`;
      throw new ImageError("ERR_IMAGE_OPTION", `${operation}: ${problem}`);
    }
    checkSamples(out);
    if (!isRead(out, args)) return;
    const problem = "option out lies in the memory of an image that is read; expected one over memory of its own";
    throw new ImageError("ERR_IMAGE_BUFFER", `${operation}: ${problem}`);
  },
  write(result, out, operation) {
    requireOut(operation, out);
    if (!(result instanceof Image)) {
      const problem = `option out is for results in main memory; the result is ${display(result)}, not an Image`;
      throw new ImageError("ERR_IMAGE_OPTION", `${operation}: ${problem}`);
    }
    requireFit(operation, out, result.dtype, result);
    out.data.set(result.data);
  },
};

/**
 * The image for a kernel to write its result into, every sample of it: the caller's `out` or a new one, whatever they hold.
 *
 * @param options what the caller gave.
 * @throws ImageError `ERR_IMAGE_SHAPE`, `ERR_IMAGE_DTYPE` for an `out` of another geometry or dtype.
 */
export function destination<D extends DType>(
  operation: string,
  options: OutOptions | undefined,
  dtype: D,
  geometry: ImageGeometry,
): Image<InstanceType<(typeof SAMPLE_ARRAYS)[D]>> {
  const { out } = options ?? {};
  if (out === undefined || out === null) {
    const { width, height, channels = 1 } = geometry;
    return new Image(unwritten(dtype, height * width * channels), geometry);
  }
  requireFit(operation, out, dtype, geometry);
  return out as Image<InstanceType<(typeof SAMPLE_ARRAYS)[D]>>;
}

function requireOut(operation: string, out: unknown): asserts out is Image {
  if (out instanceof Image) return;
  const problem = `option out is ${display(out)}; expected an Image, as those elsewhere cannot be written into`;
  throw new ImageError("ERR_IMAGE_OPTION", `${operation}: ${problem}`);
}

function requireFit(operation: string, out: Image, dtype: DType, geometry: ImageGeometry): void {
  const { width, height, channels = 1, alpha = channels === 2 || channels === 4 } = geometry;
  if (out.width !== width || out.height !== height || out.channels !== channels) {
    refuse(operation, "ERR_IMAGE_SHAPE", `has shape ${shape(out)}`, shape({ width, height, channels, dtype }));
  }
  if (out.alpha !== alpha) refuse(operation, "ERR_IMAGE_SHAPE", `has alpha ${out.alpha}`, String(alpha));
  if (out.dtype !== dtype) refuse(operation, "ERR_IMAGE_DTYPE", `is ${out.dtype}`, dtype);
}

function refuse(operation: string, code: ImageErrorCode, given: string, expected: string): never {
  throw new ImageError(code, `${operation}: option out ${given}; expected ${expected}, as the result`);
}

/** Whether an image of a call, in lists and among the options too, lies where `out` does. No list is made: all calls pay. */
function isRead(out: Image, args: readonly unknown[]): boolean {
  for (const argument of args) {
    if (holds(argument, out)) return true;
    if (!isPlainObject(argument)) continue;
    for (const name in argument) if (name !== OUT.option && holds(argument[name], out)) return true;
  }
  return false;
}

/** Whether a value is an image, or a list of some, that lies where `out` does. */
function holds(value: unknown, out: Image): boolean {
  return Array.isArray(value) ? value.some((element) => sharesMemory(element, out)) : sharesMemory(value, out);
}

function sharesMemory(image: unknown, out: Image): boolean {
  if (!(image instanceof Image) || memoryOf(image) !== memoryOf(out)) return false;
  const [a, b] = [image.data, out.data];
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
