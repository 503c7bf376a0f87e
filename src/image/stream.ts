import { collecting, GpuImage } from "./gpu-image.ts";
import { GpuError } from "./errors.ts";
import { Image } from "./image.ts";
import { display, isPlainObject } from "./options.ts";

/** What a pipeline is given beside its frame. */
export interface StreamContext {
  /** Lets an image live on after the pipeline has returned; whoever keeps it disposes of it. Returns the image. */
  readonly keep: (image: GpuImage) => GpuImage;
}

/** What comes of a pipeline's result: images are brought back, those in a list or a plain object too; the rest stays as it is. */
export type Streamed<R> = R extends GpuImage
  ? Image
  : GpuImage extends R[keyof R]
    ? { [K in keyof R]: BroughtBack<R[K]> }
    : R;

type BroughtBack<T> = T extends GpuImage ? Image : T;

/** Frames on their way at once: while one is computed and read back, the next is uploaded and recorded. */
const DEPTH = 2;

/**
 * Runs a pipeline over frames, double-buffered: results come in the order of the frames, each as soon as it is there, and
 * at most two frames are on the GPU.
 *
 * Images that the pipeline makes are freed once it has returned, its result once that is back, so that memory does not
 * grow with the number of frames. The event loop is not blocked, but by a pipeline that itself waits for a number
 * (`filters.thresholdOtsu`).
 *
 * @param frames images, in main memory or on the GPU already; the latter are not disposed of. Their iterator is
 * told when the results are not wanted any longer.
 * @param pipeline is called once for each frame and returns an image, a list or a plain object that has some, or any other
 * value, no promise.
 * @throws What `frames` and `pipeline` throw, and `GpuImage.from` and `toImage`, after the results of the frames before.
 * GpuError `ERR_GPU_ARGUMENT` for a frame that is no image and a pipeline that is no function, or returns a promise.
 */
export async function* stream<R>(
  frames: AsyncIterable<Image | GpuImage> | Iterable<Image | GpuImage>,
  pipeline: (frame: GpuImage, context: StreamContext) => R,
): AsyncGenerator<Streamed<R>, void, undefined> {
  if (typeof pipeline !== "function") {
    const message = `gpu.stream: pipeline is ${display(pipeline)}; expected a function of an image`;
    throw new GpuError("ERR_GPU_ARGUMENT", "gpu.stream", message);
  }
  const source = iteratorOf(frames);
  const results: Promise<Streamed<R>>[] = [];
  let next: Promise<IteratorResult<Image | GpuImage>> | undefined;
  let open = true;
  try {
    while (open || results.length > 0) {
      if (open && results.length < DEPTH) {
        next ??= quiet(nextOf(source));
        // A frame that is late holds no result back.
        const [first] = results;
        if (first === undefined || (await isBefore(next, first))) {
          const waiting = next;
          next = undefined;
          let read: IteratorResult<Image | GpuImage>;
          try {
            read = await waiting;
          } catch (error) {
            open = false;
            results.push(quiet(Promise.reject(error)));
            continue;
          }
          if (read.done === true) open = false;
          else results.push(quiet(start(read.value, pipeline)));
          continue;
        }
      }
      yield await results.shift()!;
    }
  } finally {
    // What is on its way frees its images when it is there.
    await Promise.allSettled(results);
    if (open) await source.return?.();
  }
}

/** Uploads a frame and runs the pipeline at once; answers when the result is back. */
async function start<R>(
  frame: Image | GpuImage,
  pipeline: (frame: GpuImage, context: StreamContext) => R,
): Promise<Streamed<R>> {
  const kept = new Set<GpuImage>();
  const keep = (image: GpuImage): GpuImage => {
    kept.add(image);
    return image;
  };
  const { result, images } = collecting(() => {
    const given: unknown = pipeline(onGpu(frame), { keep });
    if (given instanceof Promise) {
      given.catch(() => {});
      const message = "gpu.stream: pipeline returned a promise; expected an image or another value";
      throw new GpuError("ERR_GPU_ARGUMENT", "gpu.stream", message);
    }
    return given;
  });
  const over = [...images].filter((image) => !kept.has(image));
  const wanted = new Set(partsOf(result));
  for (const image of over) if (!wanted.has(image)) image.dispose();
  try {
    return (await bringBack(result)) as Streamed<R>;
  } finally {
    for (const image of over) image.dispose();
  }
}

/** What a result holds: the elements of a list, the values of a plain object, else itself. */
function partsOf(result: unknown): readonly unknown[] {
  if (Array.isArray(result)) return result;
  return isPlainObject(result) ? Object.values(result) : [result];
}

/** A result with its images in main memory; one that has none stays the same. */
async function bringBack(result: unknown): Promise<unknown> {
  const parts = partsOf(result);
  if (!parts.some((part) => part instanceof GpuImage)) return result;
  const back = await Promise.all(parts.map(async (part) => (part instanceof GpuImage ? part.toImage() : part)));
  if (Array.isArray(result)) return back;
  return isPlainObject(result) ? Object.fromEntries(Object.keys(result).map((key, i) => [key, back[i]])) : back[0];
}

function onGpu(frame: unknown): GpuImage {
  if (frame instanceof GpuImage) return frame;
  if (frame instanceof Image) return GpuImage.from(frame);
  const message = `gpu.stream: a frame is ${display(frame)}; expected an Image or a GpuImage`;
  throw new GpuError("ERR_GPU_ARGUMENT", "gpu.stream", message);
}

type Source<T> = AsyncIterator<T> | Iterator<T>;

function iteratorOf<T>(frames: AsyncIterable<T> | Iterable<T>): Source<T> {
  const given = frames as Partial<AsyncIterable<T> & Iterable<T>> | null | undefined;
  const iterator = given?.[Symbol.asyncIterator]?.() ?? given?.[Symbol.iterator]?.();
  if (iterator !== undefined) return iterator;
  const message = `gpu.stream: frames are ${display(frames)}; expected an iterable of images, synchronous or not`;
  throw new GpuError("ERR_GPU_ARGUMENT", "gpu.stream", message);
}

async function nextOf<T>(source: Source<T>): Promise<IteratorResult<T>> {
  return source.next();
}

/** Whether one promise settles before another. */
async function isBefore(one: Promise<unknown>, other: Promise<unknown>): Promise<boolean> {
  const settled = (promise: Promise<unknown>, answer: boolean): Promise<boolean> =>
    promise.then(
      () => answer,
      () => answer,
    );
  return Promise.race([settled(other, false), settled(one, true)]);
}

/** A promise whose failure is told when it is awaited, however late. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
