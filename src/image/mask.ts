import { checkSamples, Image } from "./image.ts";
import type { OptionReader } from "./options.ts";

/** The option `mask`: an image of one channel that says by samples other than 0 which pixels count; `null` when there is none. */
export function readMask(read: OptionReader): Image | null {
  const mask = read.value("mask") ?? null;
  if (mask === null) return null;
  if (!(mask instanceof Image)) throw read.invalid("mask", mask, "an Image or null");
  checkSamples(mask);
  if (mask.channels !== 1) throw read.error(`option mask has ${mask.channels} channels; expected one`);
  return mask;
}

/** A mask as bytes: 1 where it is not 0. */
export function bytesOf(mask: Image | null): Uint8Array | null {
  return mask && Uint8Array.from(mask.data, (sample) => (sample !== 0 ? 1 : 0));
}
