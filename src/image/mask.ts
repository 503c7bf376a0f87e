import type { ImageHeader } from "./header.ts";
import { checkSamples, Image } from "./image.ts";
import type { OptionReader } from "./options.ts";

/** Tells the images that a mask may be. */
export type IsMask<M> = (value: unknown) => value is M;

const inMemory = ((value) => value instanceof Image) as IsMask<never>;

/**
 * The option `mask`: an image of one channel that says by samples other than 0 which pixels count; `null` when there is none.
 *
 * @param isMask what may be one; images in main memory, unless a backend takes others.
 */
export function readMask<M extends ImageHeader = Image>(read: OptionReader, isMask: IsMask<M> = inMemory): M | null {
  const mask = read.value("mask") ?? null;
  if (mask === null) return null;
  if (!isMask(mask)) throw read.invalid("mask", mask, "an Image or null");
  if (mask instanceof Image) checkSamples(mask);
  if (mask.channels !== 1) throw read.error(`option mask has ${mask.channels} channels; expected one`);
  return mask;
}

/** A mask as bytes: 1 where it is not 0. */
export function bytesOf(mask: Image | null): Uint8Array | null {
  return mask && Uint8Array.from(mask.data, (sample) => (sample !== 0 ? 1 : 0));
}
