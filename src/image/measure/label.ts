import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";

/** Options of `measure.label`. */
export interface LabelOptions extends OutOptions<Image<Int32Array>> {
  /** The value that is no region; it becomes 0. Default 0. */
  background?: number | null;
  /** 1: neighbours share an edge; 2 (default): an edge or a corner. */
  connectivity?: 1 | 2 | null;
  /** Give the number of regions too, `num`; not with `out`. Default false. */
  returnNum?: boolean;
}

/** What `measure.label` gives with `returnNum`. */
export interface CountedLabels {
  labels: Image<Int32Array>;
  /** The largest label. */
  num: number;
}

type Labels = (image: Image, options?: LabelOptions & { returnNum?: false }) => Image<Int32Array>;
type Counted = (image: Image, options: LabelOptions & { returnNum: true; out?: never }) => CountedLabels;

/** `measure.label`, by what it is to give. */
export type Label = Operation<Counted> & Operation<Labels>;

/** What `measure.label` is to do, checked and with defaults. */
export interface ResolvedLabel {
  readonly background: number;
  readonly connectivity: 1 | 2;
  /** Whether to give the number of regions too. */
  readonly returnNum: boolean;
}

const OPTIONS: readonly string[] = ["background", "connectivity", "returnNum", "out"];

/** Checks the arguments of `measure.label` and applies the defaults. */
export function resolveLabel(image: ImageHeader, options?: LabelOptions): ResolvedLabel {
  const read = new OptionReader("measure.label", options, OPTIONS);
  const background = read.value("background") === null ? 0 : read.integer("background", 0);
  const connectivity = read.oneOf("connectivity", null, [1, 2, null]) ?? 2;
  const returnNum = read.boolean("returnNum", false);
  if (returnNum && (read.value("out") ?? null) !== null)
    throw read.error("option out is for a result that is an image; with returnNum it is an object");
  requireOneChannel("measure.label", image);
  return { background, connectivity, returnNum };
}

/**
 * Numbers the connected regions of equal value: scikit-image's `label`.
 *
 * Regions are numbered from 1 by their first pixel in raster order. As there, floats are cut to whole numbers
 * first: 1.2 and 1.8 are equal, 0.4 is 0. NaN is background (there it depends on the processor).
 *
 * @param image one channel, any dtype: a mask, or an image of which equal neighbours join.
 * @returns `int32` labels, the same shape; background 0. With `returnNum` an object of these, `labels`, and the number of regions, `num`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const label: Label = dispatchable<Labels>("measure.label", { on: [0], optionNames: OPTIONS }, function label(
  image: Image,
  options?: LabelOptions,
): Image<Int32Array> | CountedLabels {
  checkSamples(image);
  const { background, connectivity, returnNum } = resolveLabel(image, options);
  const values = new Float64Array(image.data).map((sample) => (Number.isNaN(sample) ? background : Math.trunc(sample)));
  const { width, height } = image;
  const labels = new Image(numberRegions(values, { width, height }, background, connectivity), { width, height });
  return returnNum ? counted(labels) : labels;
} as Labels) as Label;

/** Labels and their number. */
export function counted(labels: Image<Int32Array>): CountedLabels {
  return { labels, num: labels.data.reduce((most, each) => Math.max(most, each), 0) };
}

/** Numbers the regions of equal neighbours from 1 by their first pixel; 0 where the background is. */
export function numberRegions(
  values: ArrayLike<number>,
  { width, height }: { readonly width: number; readonly height: number },
  background: number,
  connectivity: 1 | 2,
): Int32Array {
  const labels = new Int32Array(values.length);
  const pending: number[] = [];
  let regions = 0;
  for (let start = 0; start < values.length; start++) {
    if (values[start] === background || labels[start] !== 0) continue;
    // Flood the region of the first pixel that has no number yet.
    labels[start] = ++regions;
    pending.push(start);
    for (let pixel = pending.pop(); pixel !== undefined; pixel = pending.pop()) {
      const row = Math.floor(pixel / width);
      const column = pixel % width;
      for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, height - 1); r++) {
        for (let c = Math.max(column - 1, 0); c <= Math.min(column + 1, width - 1); c++) {
          const neighbour = r * width + c;
          const diagonal = r !== row && c !== column;
          if (labels[neighbour] !== 0 || values[neighbour] !== values[start] || (diagonal && connectivity === 1))
            continue;
          labels[neighbour] = regions;
          pending.push(neighbour);
        }
      }
    }
  }
  return labels;
}
