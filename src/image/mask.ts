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
