import { addon } from "../../../addon.ts";
import type { GpuImage } from "../../gpu-image.ts";
import type { Blocks } from "../../measure/block-reduce.ts";
import { type Argument, recorded } from "./recorded.ts";

/** An image of the means of blocks. */
export function blockMeans(operation: string, image: Argument, { blockSize, cval }: Blocks): GpuImage {
  return recorded(
    operation,
    [image],
    (gpu) => addon.gpuDownscaleLocalMean(operation, gpu, blockSize, cval),
    image.alpha,
  );
}
