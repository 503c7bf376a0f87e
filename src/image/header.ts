import { ImageError } from "./errors.ts";
import type { DType } from "./image.ts";

/** What an operation must know of an image to check its options, wherever the samples lie: `Image` and `GpuImage` have it. */
export interface ImageHeader {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly dtype: DType;
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

/** `height × width × channels` for messages. */
export function shape({ height, width, channels }: ImageHeader): string {
  return channels === 1 ? `${height} × ${width}` : `${height} × ${width} × ${channels}`;
}
