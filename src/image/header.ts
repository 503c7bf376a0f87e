import { ImageError } from "./errors.ts";
import type { DType } from "./image.ts";
import { display } from "./options.ts";

/** What an operation must know of an image to check its options, wherever the samples lie: `Image` and `GpuImage` have it. */
export interface ImageHeader {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly dtype: DType;
}

/** Refuses, with `ERR_IMAGE_DTYPE`, what is no image and not missing either. */
export function requireImageOrNull(operation: string, value: unknown): void {
  if (value === undefined || value === null) return;
  // Its own property, unlike what comes of the class: an object of that prototype alone is none.
  if (typeof value === "object" && "dtype" in value && "channels" in value) return;
  const problem = `image is ${display(value)}; expected an Image or null; options come third`;
  throw new ImageError("ERR_IMAGE_DTYPE", `${operation}: ${problem}`);
}

/** Refuses an image of more than one channel, with `ERR_IMAGE_SHAPE`. */
export function requireOneChannel(operation: string, image: ImageHeader, argument = "image"): void {
  if (image.channels === 1) return;
  const advice = image.channels === 3 ? "; color.rgb2gray makes one of an RGB image" : "";
  throw new ImageError(
    "ERR_IMAGE_SHAPE",
    `${operation}: ${argument} has shape ${shape(image)}; expected one channel${advice}`,
  );
}

/** Refuses floats, with `ERR_IMAGE_DTYPE`. */
export function requireIntegers(operation: string, image: ImageHeader, argument: string): void {
  if (image.dtype !== "float32" && image.dtype !== "float64") return;
  const problem = `${argument} is ${image.dtype}; expected uint8, uint16 or int32`;
  throw new ImageError("ERR_IMAGE_DTYPE", `${operation}: ${problem}`);
}

/** Refuses an image of another height or width, with `ERR_IMAGE_SHAPE`. */
export function requireSameSize(
  operation: string,
  image: ImageHeader,
  first: ImageHeader,
  argument: string,
  firstArgument: string,
): void {
  if (image.width === first.width && image.height === first.height) return;
  const expected = `the size of ${firstArgument}, ${first.height} × ${first.width}`;
  throw new ImageError("ERR_IMAGE_SHAPE", `${operation}: ${argument} has shape ${shape(image)}; expected ${expected}`);
}

/** Refuses, with `ERR_IMAGE_SHAPE`, an image of several channels where nobody said that they are channels. */
export function requireChannelAxis(
  operation: string,
  image: ImageHeader,
  channelAxis: number | null,
  purpose: string,
): void {
  if (image.channels === 1 || channelAxis !== null) return;
  const problem = `image has shape ${shape(image)}; pass channelAxis: 2 to ${purpose}`;
  throw new ImageError("ERR_IMAGE_SHAPE", `${operation}: ${problem}`);
}

/** Whether a value is an image, wherever it lies. */
export function isImage(value: unknown): value is ImageHeader {
  return typeof value === "object" && value !== null && "dtype" in value && "channels" in value;
}

/** Refuses, with `ERR_IMAGE_DTYPE`, what is no image. */
export function requireImage(operation: string, value: unknown, argument: string): asserts value is ImageHeader {
  if (isImage(value)) return;
  throw new ImageError("ERR_IMAGE_DTYPE", `${operation}: ${argument} is ${display(value)}; expected an Image`);
}

/** Refuses two images that cannot be compared: `ERR_IMAGE_SHAPE` for other shapes, `ERR_IMAGE_DTYPE` for other dtypes or no image. */
export function requireAlike(operation: string, first: ImageHeader, other: unknown): void {
  requireImage(operation, other, "the second image");
  if (shape(other) !== shape(first)) {
    const problem = `the images have shapes ${shape(first)} and ${shape(other)}; expected the same`;
    throw new ImageError("ERR_IMAGE_SHAPE", `${operation}: ${problem}`);
  }
  if (other.dtype !== first.dtype) {
    const problem = `the images are ${first.dtype} and ${other.dtype}; expected the same`;
    throw new ImageError("ERR_IMAGE_DTYPE", `${operation}: ${problem}`);
  }
}

/** `height × width × channels` for messages. */
export function shape({ height, width, channels }: ImageHeader): string {
  return channels === 1 ? `${height} × ${width}` : `${height} × ${width} × ${channels}`;
}
