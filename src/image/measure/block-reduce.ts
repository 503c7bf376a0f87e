import type { ImageHeader } from "../header.ts";
import { checkSamples, type DType, Image, SAMPLE_ARRAYS } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { readConstant } from "../transform/interpolation.ts";
import { type OwnReduction, readReduction, type Reduction, type ResolvedReduction } from "./reduction.ts";

/** Rows and columns of a block, after which a 1 for channels may follow; one number for a square. */
export type BlockSize =
  | number
  | readonly [rows: number, columns: number]
  | readonly [rows: number, columns: number, channels: 1];

/** Options of `measure.blockReduce`. */
export interface BlockReduceOptions extends OutOptions {
  /** Side of a block, or rows and columns. Default 2. */
  blockSize?: BlockSize;
  /** What a block becomes one pixel by: a name, or a function of its samples, row by row, that gives a number. Default `"sum"`. */
  func?: Reduction | OwnReduction;
  /** What fills blocks that reach beyond the image, of its dtype. Default 0. */
  cval?: number;
}

/** Options with a reduction whose results need 64 bits. */
type Summing = BlockReduceOptions & { func?: "sum" | OwnReduction };
type Choosing = BlockReduceOptions & { func: Exclude<Reduction, "sum"> };

type Sums = (image: Image, options?: Summing) => Image<Float64Array>;
type Choices = (image: Image, options: Choosing) => Image;
type Reduced = (image: Image, options?: BlockReduceOptions) => Image | Image<Float64Array>;

/** `measure.blockReduce`, by what blocks are reduced by: sums come to main memory from the GPU, too. */
export type BlockReduce = Operation<Sums> & Operation<Choices> & Operation<Reduced>;

/** Blocks that become pixels. */
export interface Blocks {
  /** Sides of a block. */
  readonly blockSize: readonly [rows: number, columns: number];
  readonly cval: number;
  readonly height: number;
  readonly width: number;
}

/** What `measure.blockReduce` is to do, checked and with defaults. */
export interface ResolvedBlockReduce extends Blocks, ResolvedReduction {}

/** Kernels count the samples of a block in 32 bits. */
const MAX_SIDE = 65_535;

/** What {@link blockSides} takes, for messages. */
export const BLOCK_SIDES: string = `a whole number from 1 to ${MAX_SIDE}, or two of them, after which a 1 for channels may follow: [rows, columns]`;

const OPERATION = "measure.blockReduce";
const OPTIONS: readonly string[] = ["blockSize", "func", "cval", "out"];

/** The sides of a {@link BlockSize}; `null` for anything else. */
export function blockSides(value: unknown): [rows: number, columns: number] | null {
  const pair: unknown[] = Array.isArray(value) ? [...value] : [value, value];
  if (pair.length === 3 && pair[2] === 1) pair.pop();
  const isSide = (side: unknown): side is number =>
    Number.isSafeInteger(side) && (side as number) >= 1 && (side as number) <= MAX_SIDE;
  return pair.length === 2 && pair.every(isSide) ? (pair as [number, number]) : null;
}

/** Blocks of these sides, over the whole image. */
export function blocksOf(image: ImageHeader, blockSize: readonly [number, number], cval: number): Blocks {
  const [height, width] = [Math.ceil(image.height / blockSize[0]), Math.ceil(image.width / blockSize[1])];
  return { blockSize, cval, height, width };
}

/** Checks the arguments of `measure.blockReduce` and applies the defaults. */
export function resolveBlockReduce(image: ImageHeader, options?: BlockReduceOptions): ResolvedBlockReduce {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const given = read.value("blockSize") ?? 2;
  const blockSize = blockSides(given);
  if (blockSize === null) throw read.invalid("blockSize", given, BLOCK_SIDES);
  const cval = readConstant(read, image.dtype);
  const blocks = blocksOf(image, blockSize, cval);
  return { ...blocks, ...readReduction(read, "func", "sum", image.dtype) };
}

/**
 * A pixel for each block of an image: scikit-image's `block_reduce`. Also known as pooling.
 *
 * Blocks that reach beyond the last row or column are filled with `cval`, which counts.
 *
 * @param image any dtype and channels, each by itself. Integers are taken as they are, not as intensities.
 * @returns a pixel for each block, with the image's channels: sums, and what a function gives, are `float64`; means and medians `float64` for `float64` input, else
 * `float32`; the least and the greatest have the image's dtype. Sums come to main memory from an image on the GPU, too, which adds up integers only and waits.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const blockReduce: BlockReduce = dispatchable<Reduced>(
  OPERATION,
  { on: [0], optionNames: OPTIONS },
  function blockReduce(image: Image, options?: BlockReduceOptions): Image {
    checkSamples(image);
    const { reduce, dtype, ...blocks } = resolveBlockReduce(image, options);
    return reduced(image, blocks, reduce, dtype);
  },
) as BlockReduce;

/** An image of what each block, of one channel, becomes. */
export function reduced(
  image: Image,
  { blockSize: [rows, columns], cval, height, width }: Blocks,
  reduction: (samples: Float64Array) => number,
  dtype: DType,
): Image {
  const { channels, alpha } = image;
  const block = new Float64Array(rows * columns);
  const data = new SAMPLE_ARRAYS[dtype](height * width * channels);
  for (const i of data.keys()) {
    const pixel = Math.floor(i / channels);
    const [top, left] = [Math.floor(pixel / width) * rows, (pixel % width) * columns];
    for (const k of block.keys()) {
      const [row, column] = [top + Math.floor(k / columns), left + (k % columns)];
      const inside = row < image.height && column < image.width;
      block[k] = inside ? image.data[(row * image.width + column) * channels + (i % channels)]! : cval;
    }
    data[i] = reduction(block);
  }
  return new Image(data, { width, height, channels, alpha });
}
