import type { ResolvedFootprint } from "../footprint.ts";
import type { Image } from "../image.ts";
import { dilated } from "../morphology/neighbourhood.ts";

/** The reference of what peaks are compared with. */
export function greatestAround(image: Image, footprint: ResolvedFootprint): Image {
  return dilated(image, { footprint, mode: "nearest", erosionCval: 0, dilationCval: 0 });
}
