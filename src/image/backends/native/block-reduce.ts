import { addon } from "../../../addon.ts";
import { Image } from "../../image.ts";
import type { ResolvedBlockReduce } from "../../measure/block-reduce.ts";
import { callAddon } from "../addon-call.ts";
import { samples } from "./allocation.ts";

/** An image of what blocks become. */
export function reduced(
  operation: string,
  image: Image,
  { func, blockSize, cval, height, width, dtype }: ResolvedBlockReduce,
): Image {
  const { data, channels, alpha } = image;
  const to = { height, width, channels, alpha };
  const out = samples(dtype, height * width * channels);
  callAddon(operation, () => addon.cpuBlockReduce(data, image, func, blockSize, cval, out, to));
  return new Image(out, to);
}
