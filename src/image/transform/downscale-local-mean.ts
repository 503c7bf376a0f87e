import { ImageError } from "../errors.ts";
import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType } from "../intensity.ts";
import { BLOCK_SIDES, type Blocks, type BlockSize, blockSides, blocksOf, reduced } from "../measure/block-reduce.ts";
import { REDUCTIONS } from "../measure/reduction.ts";
import { display, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { readConstant } from "./interpolation.ts";

/** Options of `transform.downscaleLocalMean`. */
export interface DownscaleLocalMeanOptions extends OutOptions {
  /** What fills blocks that reach beyond the image, in its units and of its dtype. Default 0. */
  cval?: number;
}

/** What `transform.downscaleLocalMean` is to do, checked and with defaults. */
export interface ResolvedDownscaleLocalMean extends Blocks {
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPTIONS: readonly string[] = ["cval", "out"];

/** Checks the arguments of `transform.downscaleLocalMean` and applies the defaults. */
export function resolveDownscaleLocalMean(
  image: ImageHeader,
  factors: unknown,
  options?: DownscaleLocalMeanOptions,
): ResolvedDownscaleLocalMean {
  const operation = "transform.downscaleLocalMean";
  const read = new OptionReader(operation, options, OPTIONS);
  const blockSize = blockSides(factors);
  if (blockSize === null) {
    throw new ImageError("ERR_IMAGE_OPTION", `${operation}: factors is ${display(factors)}; expected ${BLOCK_SIDES}`);
  }
  return { ...blocksOf(image, blockSize, readConstant(read, image.dtype)), dtype: floatDType(image.dtype) };
}

/**
 * The means of blocks: scikit-image's `downscale_local_mean`.
 *
 * Blocks that reach beyond the last row or column are filled with `cval`, which counts in their mean.
 *
 * @param image any dtype and channels, each by itself. Integers are taken as they are, not as intensities.
 * @param factors rows and columns of a block, after which a 1 for channels may follow; one number for both.
 * @returns a pixel for each block, with the image's channels; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const downscaleLocalMean: Operation<
  (image: Image, factors: BlockSize, options?: DownscaleLocalMeanOptions) => Image
> = dispatchable(
  "transform.downscaleLocalMean",
  { on: [0], options: 2, optionNames: OPTIONS },
  function downscaleLocalMean(image: Image, factors: BlockSize, options?: DownscaleLocalMeanOptions): Image {
    checkSamples(image);
    const { dtype, ...blocks } = resolveDownscaleLocalMean(image, factors, options);
    return reduced(image, blocks, REDUCTIONS.mean, dtype);
  },
);
