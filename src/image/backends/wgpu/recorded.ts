// How an implementation hands images to the addon.
import { GpuImage, handleOf } from "../../gpu-image.ts";
import { Image } from "../../image.ts";
import { callGpu } from "../addon-call.ts";
import type { Steps } from "../steps.ts";
import { ask } from "./steps.ts";

/** An argument as this backend gets it. */
export type Argument = Image | GpuImage;

/** Whether a value is an image as this backend gets it. */
export function isArgument(value: unknown): value is Argument {
  return value instanceof Image || value instanceof GpuImage;
}

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
    const handles = handlesOf(images, uploaded);
    return callGpu(operation, () => call(...handles));
  } finally {
    for (const image of uploaded) image.dispose();
  }
}

/** As {@link onGpu}, in steps: what is uploaded stays until the last of them. */
export function* onGpuInSteps<const A extends readonly Argument[], T>(
  images: A,
  steps: (...handles: Handles<A>) => Steps<T>,
): Steps<T> {
  const uploaded: GpuImage[] = [];
  try {
    return yield* steps(...handlesOf(images, uploaded));
  } finally {
    for (const image of uploaded) image.dispose();
  }
}

/** What the addon finds out about images: the only step, or one of several. */
export function asked<const A extends readonly Argument[], T>(
  operation: string,
  images: A,
  question: (later: boolean, ...handles: Handles<A>) => T | Promise<T>,
): Steps<T> {
  return onGpuInSteps(images, (...handles) => ask(operation, (later) => question(later, ...handles)));
}

function handlesOf<const A extends readonly Argument[]>(images: A, uploaded: GpuImage[]): Handles<A> {
  const handles = images.map((image) => {
    if (image instanceof GpuImage) return handleOf(image);
    const upload = GpuImage.from(image);
    uploaded.push(upload);
    return handleOf(upload);
  });
  return handles as Handles<A>;
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

/** The same of images that are on the GPU already. */
export function recordedBy(operation: string, record: () => ReturnType<typeof handleOf>, alpha?: boolean): GpuImage {
  return new GpuImage(callGpu(operation, record), alpha);
}
