import { addon } from "../../../addon.ts";
import { Image } from "../../image.ts";
import {
  blockReduce,
  type BlockReduceOptions,
  type ResolvedBlockReduce,
  resolveBlockReduce,
} from "../../measure/block-reduce.ts";
import { attempt } from "../attempt.ts";
import { decide } from "../gpu-choice.ts";
import { blockMeans } from "./block-means.ts";
import { type Argument, asked, recorded } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

implementInSteps(
  blockReduce,
  function* (image: Argument, options?: BlockReduceOptions): Steps<unknown> {
    const operation = "measure.blockReduce";
    const resolved = resolveBlockReduce(image, options);
    const problem = refusal(image, resolved);
    const { func, blockSize, cval, width, height } = resolved;
    if (problem !== null || func === null) throw unsupported(operation, problem ?? OWN);
    if (func === "mean") return blockMeans(operation, image, resolved);
    if (func !== "sum")
      return recorded(operation, [image], (gpu) => addon.gpuBlockReduce(gpu, func, blockSize, cval), image.alpha);
    // Of 64 bits, which no image on the GPU has: they come here.
    const sums = yield* asked(operation, [image], (later, gpu) => addon.gpuBlockSum(gpu, blockSize, cval, later));
    return new Image(sums, { width, height, channels: image.channels, alpha: image.alpha });
  },
  {
    shouldRun: (context, image, options) => {
      const resolved = attempt(() => resolveBlockReduce(image, options));
      const problem = resolved === null ? null : refusal(image, resolved);
      // Of each row of blocks, before their columns are put together.
      return problem ?? decide(context, [image], (resolved?.func === "sum" ? 8 : 4) * image.channels);
    },
  },
);

const OWN = "a function: kernels know of none";
/** An invocation goes through its block again and again. */
const MOST_CELLS = 1024;

/** Why blocks are not reduced on the GPU; `null` where they are. */
function refusal({ dtype }: Argument, { func, blockSize: [rows, columns] }: ResolvedBlockReduce): string | null {
  if (func === null) return OWN;
  if (func === "sum" && dtype === "float32") return "sums of floats need 64 bits: the GPU has 32-bit floats only";
  if (func !== "median" || rows * columns <= MOST_CELLS) return null;
  return `medians of ${rows} × ${columns} pixels: at most of ${MOST_CELLS} on the GPU`;
}
