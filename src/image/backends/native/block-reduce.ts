import type { DType, Image } from "../../image.ts";
import type { Blocks } from "../../measure/block-reduce.ts";
import type { Reduction } from "../../measure/reduction.ts";
import { destination, type OutOptions } from "../../out.ts";
import type { Steps } from "../steps.ts";
import { sizeOf } from "../addon-call.ts";
import { kernel } from "./implement.ts";

/** An image of what blocks become. */
export function* reduced(
  operation: string,
  image: Image,
  options: OutOptions | undefined,
  { func, blockSize, cval, height, width, dtype }: Blocks & { readonly func: Reduction; readonly dtype: DType },
): Steps<Image> {
  const { data, channels, alpha } = image;
  const to = { height, width, channels, alpha };
  const out = destination(operation, options, dtype, to);
  yield* kernel(operation, (addon) =>
    addon.cpuBlockReduce(data, ...sizeOf(image), func, blockSize, cval, out.data, ...sizeOf(to)),
  );
  return out;
}
