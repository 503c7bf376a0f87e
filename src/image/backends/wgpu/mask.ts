import { Image } from "../../image.ts";
import { bytesOf } from "../../mask.ts";
import type { Argument } from "./recorded.ts";

/** A mask as the GPU takes it: as it is where it lies there, else as bytes, as it may be of a dtype that the GPU does not have. */
export function gpuMask(mask: Argument): Argument {
  return mask instanceof Image ? new Image(bytesOf(mask)!, mask) : mask;
}
