import { ImageError } from "../errors.ts";
import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, rounded } from "../intensity.ts";
import { display, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { readConstant } from "./interpolation.ts";

/** Options of `transform.downscaleLocalMean`. */
export interface DownscaleLocalMeanOptions extends DispatchOptions {
  /** What fills blocks that reach beyond the image, in its units and of its dtype. Default 0. */
  cval?: number;
}

/** What `transform.downscaleLocalMean` is to do, checked and with defaults. */
export interface ResolvedDownscaleLocalMean {
  /** Sides of a block. */
  readonly factors: readonly [rows: number, columns: number];
  readonly cval: number;
  readonly height: number;
  readonly width: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

/** Kernels count the samples of a block in 32 bits. */
const MAX_FACTOR = 65_535;

const OPTIONS: readonly string[] = ["cval"];

/** Checks the arguments of `transform.downscaleLocalMean` and applies the defaults. */
export function resolveDownscaleLocalMean(
  image: ImageHeader,
  factors: unknown,
  options?: DownscaleLocalMeanOptions,
): ResolvedDownscaleLocalMean {
  const operation = "transform.downscaleLocalMean";
  const read = new OptionReader(operation, options, OPTIONS);
  const pair: unknown[] = Array.isArray(factors) ? [...factors] : [factors, factors];
  const isFactor = (value: unknown): value is number =>
    Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= MAX_FACTOR;
  if (pair.length !== 2 || !pair.every(isFactor)) {
    const expected = `a whole number from 1 to ${MAX_FACTOR}, or two of them: [rows, columns]`;
    throw new ImageError("ERR_IMAGE_OPTION", `${operation}: factors is ${display(factors)}; expected ${expected}`);
  }
  const [rows, columns] = pair as [number, number];
  return {
    factors: [rows, columns],
    cval: readConstant(read, image.dtype),
    height: Math.ceil(image.height / rows),
    width: Math.ceil(image.width / columns),
    dtype: floatDType(image.dtype),
  };
}

/**
 * The means of blocks: scikit-image's `downscale_local_mean`.
 *
 * Blocks that reach beyond the last row or column are filled with `cval`, which counts in their mean.
 *
 * @param image any dtype and channels, each by itself. Integers are taken as they are, not as intensities.
 * @param factors rows and columns of a block; one number for both.
 * @returns a pixel for each block, with the image's channels; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const downscaleLocalMean: Operation<
  (
    image: Image,
    factors: number | readonly [rows: number, columns: number],
    options?: DownscaleLocalMeanOptions,
  ) => Image
> = dispatchable(
  "transform.downscaleLocalMean",
  { on: [0], options: 2, optionNames: OPTIONS },
  function downscaleLocalMean(
    image: Image,
    factors: number | readonly [rows: number, columns: number],
    options?: DownscaleLocalMeanOptions,
  ): Image {
    checkSamples(image);
    const { factors: block, cval, height, width, dtype } = resolveDownscaleLocalMean(image, factors, options);
    const { channels, alpha } = image;
    const means = new Float64Array(height * width * channels);
    for (const i of means.keys()) {
      const [top, left] = [Math.floor(i / channels / width) * block[0], (Math.floor(i / channels) % width) * block[1]];
      let sum = 0;
      for (let row = top; row < top + block[0]; row++) {
        for (let column = left; column < left + block[1]; column++) {
          const inside = row < image.height && column < image.width;
          sum += inside ? image.data[(row * image.width + column) * channels + (i % channels)]! : cval;
        }
      }
      means[i] = sum / (block[0] * block[1]);
    }
    return rounded(means, dtype, { width, height, channels, alpha });
  },
);
