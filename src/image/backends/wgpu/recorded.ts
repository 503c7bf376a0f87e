// How an implementation hands images to the addon.
import { GpuImage, handleOf } from "../../gpu-image.ts";
import type { Image } from "../../image.ts";
import { callGpu } from "../addon-call.ts";

/** An argument as this backend gets it. */
export type Argument = Image | GpuImage;

/** The addon's handles of these images. */
type Handles<A extends readonly Argument[]> = { -readonly [K in keyof A]: ReturnType<typeof handleOf> };

/**
 * Calls the addon with images on the GPU. Those in main memory, which only a caller who named this backend or mixed them
 * with others gets this far, are uploaded for the call: what was recorded from them holds their memory until it ran.
 */
export function onGpu<const A extends readonly Argument[], T>(
  operation: string,
  images: A,
  call: (...handles: Handles<A>) => T,
): T {
  const uploaded: GpuImage[] = [];
  try {
    const handles = images.map((image) => {
      if (image instanceof GpuImage) return handleOf(image);
      const upload = GpuImage.from(image);
      uploaded.push(upload);
      return handleOf(upload);
    });
    return callGpu(operation, () => call(...(handles as Handles<A>)));
  } finally {
    for (const image of uploaded) image.dispose();
  }
}

/** The image that a recorded operation will make. */
export function recorded<const A extends readonly Argument[]>(
  operation: string,
  images: A,
  record: (...handles: Handles<A>) => ReturnType<typeof handleOf>,
  alpha?: boolean,
): GpuImage {
  return new GpuImage(onGpu(operation, images, record), alpha);
}
