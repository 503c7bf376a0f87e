// The option `out`: results that go into memory that the caller has.
import type { OutputOption } from "../index.ts";
import { ImageError, type ImageErrorCode } from "./errors.ts";
import { shape } from "./header.ts";
import { checkSamples, type DType, Image, type ImageGeometry, memoryOf, type SAMPLE_ARRAYS } from "./image.ts";
import { display, isPlainObject } from "./options.ts";
import { unwritten } from "./result-memory.ts";
import type { DispatchOptions } from "./system.ts";

/** Options that every operation takes whose result is an image, or a list or an object of several. */
export interface OutOptions<
  Result extends Image | readonly Image[] | Readonly<Record<keyof Result, Image>> = Image,
> extends DispatchOptions {
  /**
   * An image in main memory that the result is written into, and which is what the operation then returns: of the result's height,
   * width, channels, `alpha` and dtype, over memory that none of the images given lies in. Default: new memory.
   *
   * Where the result is several images, as many in the same list or object, each over memory of its own; the operation returns that list
   * or object. An asynchronous call may write those that it holds in the end.
   *
   * `ERR_IMAGE_SHAPE` and `ERR_IMAGE_DTYPE` for one that does not fit, and `ERR_IMAGE_BUFFER` for shared memory, leave it as it was;
   * after any other error what it holds is unspecified. An asynchronous call may write it until its promise is settled.
   */
  out?: Result;
}

/** An image that is to be made. */
export interface PlannedImage<D extends DType = DType> extends ImageGeometry {
  dtype: D;
}

type ImageOf<D extends DType> = Image<InstanceType<(typeof SAMPLE_ARRAYS)[D]>>;

type Planned = readonly PlannedImage[] | Readonly<Record<string, PlannedImage>>;
type Made<P extends Planned> = { -readonly [K in keyof P]: P[K] extends PlannedImage<infer D> ? ImageOf<D> : never };

/** What a result is made of, and where in it: `[0]` of a list, `.real` of an object; an empty place for the whole of it. */
type Parts<T> = readonly (readonly [place: string, part: T])[];

/** What the dispatcher has to know of it. Backends that do not write into `out` need not know it. */
export const OUT: OutputOption = {
  option: "out",
  check(out, args, operation) {
    if (out instanceof Image) {
      requireMainMemory(operation, args);
      requireApart(operation, "", out, args);
      return;
    }
    const images = imagesOf(operation, out);
    requireMainMemory(operation, args);
    for (const [place, image] of images) requireApart(operation, place, image, args);
    requireOneEach(operation, images);
  },
  write(result, out, operation) {
    const results = partsOf(result);
    for (const [, part] of results) {
      if (part instanceof Image) continue;
      const problem = `option out is for results in main memory; the result is ${display(part)}, not an Image`;
      throw new ImageError("ERR_IMAGE_OPTION", `${operation}: ${problem}`);
    }
    const into = requireFit(operation, out, results as Parts<Image>);
    // A list may hold others by now, and their memory be gone, where the call was asynchronous.
    const images = [...into];
    for (const [, image] of images) checkSamples(image);
    requireOneEach(operation, images);
    for (const [place, part] of results as Parts<Image>) into.get(place)!.data.set(part.data);
  },
};

/**
 * The image for a kernel to write its result into, every sample of it: the caller's `out` or a new one, whatever they hold.
 *
 * @param options what the caller gave.
 * @throws ImageError `ERR_IMAGE_SHAPE`, `ERR_IMAGE_DTYPE` for an `out` of another geometry or dtype, `ERR_IMAGE_OPTION` for several.
 */
export function destination<D extends DType>(
  operation: string,
  options: OutOptions | undefined,
  dtype: D,
  geometry: ImageGeometry,
): ImageOf<D> {
  const { out } = options ?? {};
  if (out === undefined || out === null) return newImage(dtype, geometry);
  if (out instanceof Image) requireLike(operation, "", out, dtype, geometry);
  else requireForm(operation, out, imagesOf(operation, out), [["", geometry]]);
  return out as ImageOf<D>;
}

/**
 * As {@link destination}, for a result of several images: a list or an object of them, as `planned` is, and the caller's own where it
 * gave one.
 */
export function destinations<const P extends Planned>(
  operation: string,
  options: (DispatchOptions & { readonly out?: unknown }) | undefined,
  planned: P,
): Made<P> {
  const out = options?.out ?? null;
  if (out === null) return madeAs(planned) as Made<P>;
  requireFit(operation, out, partsOf(planned) as Parts<PlannedImage>);
  return out as Made<P>;
}

function madeAs(planned: Planned): Image[] | Record<string, Image> {
  const made = ({ dtype, ...geometry }: PlannedImage): Image => newImage(dtype, geometry);
  if (Array.isArray(planned)) return (planned as readonly PlannedImage[]).map(made);
  return Object.fromEntries(Object.entries(planned).map(([name, each]) => [name, made(each)]));
}

function newImage<D extends DType>(dtype: D, geometry: ImageGeometry): ImageOf<D> {
  const { width, height, channels = 1 } = geometry;
  return new Image(unwritten(dtype, height * width * channels), geometry);
}

function partsOf(value: unknown): Parts<unknown> {
  if (Array.isArray(value)) return Array.from(value, (part: unknown, i) => [`[${i}]`, part]);
  if (isPlainObject(value)) return Object.entries(value).map(([name, part]) => [`.${name}`, part]);
  return [["", value]];
}

/** The images of an `out`; anything else is refused. */
function imagesOf(operation: string, out: unknown): Parts<Image> {
  // Before parts are made of it: a long list of something else is a slip.
  const slip = Array.isArray(out) ? out.findIndex((part) => !(part instanceof Image)) : -1;
  const parts = slip < 0 ? partsOf(out) : [[`[${slip}]`, (out as readonly unknown[])[slip]] as const];
  const wrong = parts.find(([, part]) => !(part instanceof Image));
  if (wrong === undefined) return parts as Parts<Image>;
  const [place, given] = wrong;
  const expected = place === "" ? "an Image, or Images in the form of the result" : "an Image";
  const problem = `option ${named(place)} is ${display(given)}; expected ${expected}, as those elsewhere cannot be written into`;
  throw new ImageError("ERR_IMAGE_OPTION", `${operation}: ${problem}`);
}

/** The images of an `out`, by their places, where all of them can take these results. */
function requireFit(operation: string, out: unknown, results: Parts<PlannedImage>): ReadonlyMap<string, Image> {
  const images = imagesOf(operation, out);
  requireForm(operation, out, images, results);
  const at = new Map(images);
  for (const [place, result] of results) requireLike(operation, place, at.get(place)!, result.dtype, result);
  return at;
}

function requireForm(operation: string, out: unknown, given: Parts<unknown>, results: Parts<unknown>): void {
  const places = new Set(given.map(([place]) => place));
  if (places.size === results.length && results.every(([place]) => places.has(place))) return;
  throw misfit("ERR_IMAGE_OPTION", operation, `out is ${display(out)}`, form(results));
}

function form(results: Parts<unknown>): string {
  const places = results.map(([place]) => place);
  if (places[0] === "") return "an Image";
  if (places[0] === "[0]") return `a list of ${places.length} Images`;
  return `Images as { ${places.map((place) => place.slice(1)).join(", ")} }`;
}

function requireLike(operation: string, place: string, out: Image, dtype: DType, geometry: ImageGeometry): void {
  const { width, height, channels = 1, alpha = channels === 2 || channels === 4 } = geometry;
  if (out.width !== width || out.height !== height || out.channels !== channels) {
    const expected = shape({ width, height, channels, dtype });
    throw misfit("ERR_IMAGE_SHAPE", operation, `${named(place)} has shape ${shape(out)}`, expected);
  }
  if (out.alpha !== alpha) {
    throw misfit("ERR_IMAGE_SHAPE", operation, `${named(place)} has alpha ${out.alpha}`, String(alpha));
  }
  if (out.dtype !== dtype) throw misfit("ERR_IMAGE_DTYPE", operation, `${named(place)} is ${out.dtype}`, dtype);
}

function misfit(code: ImageErrorCode, operation: string, given: string, expected: string): ImageError {
  return new ImageError(code, `${operation}: option ${given}; expected ${expected}, as the result`);
}

/** What messages call an image of an `out`, never long. */
function named(place: string): string {
  return `out${place.slice(0, 40)}`;
}

function requireMainMemory(operation: string, [first]: readonly unknown[]): void {
  if (first instanceof Image || (Array.isArray(first) && first.every((image) => image instanceof Image))) return;
  const problem = `option out is for images in main memory; the first argument is ${display(first)}, not an Image`;
  throw new ImageError("ERR_IMAGE_OPTION", `${operation}: ${problem}`);
}

/** Refuses images that share memory. */
function requireOneEach(operation: string, images: Parts<Image>): void {
  for (const [i, [place, image]] of images.entries()) {
    const other = images.slice(0, i).find(([, before]) => sharesMemory(before, image));
    if (other === undefined) continue;
    const problem = `options ${named(other[0])} and ${named(place)} share memory; expected each over memory of its own`;
    throw new ImageError("ERR_IMAGE_BUFFER", `${operation}: ${problem}`);
  }
}

/** Refuses memory that is gone, and memory that is read. */
function requireApart(operation: string, place: string, out: Image, args: readonly unknown[]): void {
  checkSamples(out);
  if (!isRead(out, args)) return;
  const problem = `option ${named(place)} lies in the memory of an image that is read; expected one over memory of its own`;
  throw new ImageError("ERR_IMAGE_BUFFER", `${operation}: ${problem}`);
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
