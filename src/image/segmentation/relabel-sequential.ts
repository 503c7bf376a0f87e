import { ImageError } from "../errors.ts";
import { type ImageHeader, requireIntegers, requireOneChannel } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";

/** Options of `segmentation.relabelSequential`. */
export interface RelabelSequentialOptions extends DispatchOptions {
  /** The first new label, at least 1. Default 1. */
  offset?: number;
}

/** What `segmentation.relabelSequential` gives: `inValues[i]` became `outValues[i]`. */
export interface Relabelled {
  readonly relabeled: Image<Int32Array>;
  /** The labels that occurred, ascending. */
  readonly inValues: Int32Array;
  /** Their new ones, ascending. */
  readonly outValues: Int32Array;
}

const OPTIONS: readonly string[] = ["offset"];

/** Checks the arguments of `segmentation.relabelSequential` and applies the defaults. */
export function resolveRelabelSequential(
  labels: ImageHeader,
  options?: RelabelSequentialOptions,
): { readonly offset: number } {
  const operation = "segmentation.relabelSequential";
  const read = new OptionReader(operation, options, OPTIONS);
  requireOneChannel(operation, labels, "labels");
  requireIntegers(operation, labels, "labels");
  // So that the last of as many labels as pixels still fits 32 bits.
  const most = Math.max(2 ** 31 - labels.width * labels.height, 1);
  return { offset: read.integer("offset", 1, 1, most) };
}

/**
 * Numbers the labels that occur without gaps: scikit-image's `relabel_sequential`, with its two maps in one.
 *
 * The order of labels stays, and 0 stays 0.
 *
 * @param labels one channel, `uint8`, `uint16` or `int32`; nothing below 0.
 * @returns `int32` labels of the same shape, and the labels before and after.
 * @throws ImageError `ERR_IMAGE_VALUE` for a negative label, `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_DTYPE` for floats,
 * `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const relabelSequential: Operation<(labels: Image, options?: RelabelSequentialOptions) => Relabelled> =
  dispatchable(
    "segmentation.relabelSequential",
    { on: [0], optionNames: OPTIONS },
    function relabelSequential(labels: Image, options?: RelabelSequentialOptions): Relabelled {
      checkSamples(labels);
      const { offset } = resolveRelabelSequential(labels, options);
      const inValues = Int32Array.from(new Set<number>(labels.data)).sort();
      requireNoNegative(inValues);
      const outValues = newLabels(inValues, offset);
      const numberOf = new Map(Array.from(inValues, (label, i) => [label, outValues[i]!]));
      const relabeled = new Image(
        Int32Array.from(labels.data, (label) => numberOf.get(label)!),
        { width: labels.width, height: labels.height },
      );
      return { relabeled, inValues, outValues };
    },
  );

/** Refuses labels of which the first, the least, is negative. */
export function requireNoNegative(ascending: Int32Array): void {
  if (ascending[0]! >= 0) return;
  const problem = `labels hold ${ascending[0]}; expected none below 0`;
  throw new ImageError("ERR_IMAGE_VALUE", `segmentation.relabelSequential: ${problem}`);
}

/** The new labels of ascending ones. */
export function newLabels(ascending: Int32Array, offset: number): Int32Array {
  return ascending.map((label, i) => (label === 0 ? 0 : offset + i - (ascending[0] === 0 ? 1 : 0)));
}
