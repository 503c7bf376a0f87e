import type { GpuImage } from "../gpu-image.ts";
import { type ImageHeader, requireOneChannel, requireSameSize } from "../header.ts";
import { checkSamples, type DType, Image, SAMPLE_ARRAYS } from "../image.ts";
import { label } from "../measure/label.ts";
import { type IsMask, readMask } from "../mask.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";

/** Options of `segmentation.clearBorder`. */
export interface ClearBorderOptions extends OutOptions {
  /** Rows and columns inside the outermost that count as border too. Default 0. */
  bufferSize?: number;
  /** What cleared pixels become. Default 0. */
  bgval?: number;
  /**
   * Where it is 0 is the border, instead of the edges: one channel of the same size; for labels on the GPU it may lie there too. Default
   * `null`.
   */
  mask?: Image | GpuImage | null;
}

/** What `segmentation.clearBorder` is to do, checked and with defaults. */
export interface ResolvedClearBorder<M = Image> {
  readonly bufferSize: number;
  readonly bgval: number;
  readonly mask: M | null;
}

const OPTIONS: readonly string[] = ["bufferSize", "bgval", "mask", "out"];

/** Checks the arguments of `segmentation.clearBorder` and applies the defaults. */
export function resolveClearBorder<M extends ImageHeader = Image>(
  labels: ImageHeader,
  options?: ClearBorderOptions,
  isMask?: IsMask<M>,
): ResolvedClearBorder<M> {
  const operation = "segmentation.clearBorder";
  const read = new OptionReader(operation, options, OPTIONS);
  const bufferSize = read.integer("bufferSize", 0, 0);
  const bgval = read.number("bgval", 0);
  const mask = readMask(read, isMask);
  requireOneChannel(operation, labels, "labels");
  if (mask) requireSameSize(operation, mask, labels, "mask", "labels");
  if (!holds(labels.dtype, bgval)) throw read.invalid("bgval", bgval, `a value of ${labels.dtype}`);
  const most = Math.min(labels.width, labels.height) - 1;
  if (!mask && bufferSize > most) {
    throw read.invalid("bufferSize", bufferSize, `less than the smaller side of labels, ${most + 1}`);
  }
  return { bufferSize, bgval, mask };
}

/**
 * The image without the regions that touch its border: scikit-image's `clear_border`.
 *
 * Regions are those of `measure.label`: pixels of one value, 8-connected. As there, the background is one of them: with a `bgval` other
 * than 0 it changes too where it touches the border.
 *
 * @param labels one channel, any dtype: labels or a mask.
 * @returns the same dtype and shape.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels or a mask of another size, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const clearBorder: Operation<(labels: Image, options?: ClearBorderOptions) => Image> = dispatchable(
  "segmentation.clearBorder",
  { on: [0], optionNames: OPTIONS },
  function clearBorder(labels: Image, options?: ClearBorderOptions): Image {
    checkSamples(labels);
    const { bufferSize, bgval, mask } = resolveClearBorder(labels, options);
    const { width, height } = labels;
    const regions = label(labels, { backend: "default" });
    const touching = new Set<number>();
    for (const [i, region] of regions.data.entries()) {
      const [row, column] = [Math.floor(i / width), i % width];
      const inset = Math.min(row, height - 1 - row, column, width - 1 - column);
      if (mask ? mask.data[i] === 0 : inset <= bufferSize) touching.add(region);
    }
    const cleared = labels.data.slice();
    for (const [i, region] of regions.data.entries()) if (touching.has(region)) cleared[i] = bgval;
    return new Image(cleared, labels);
  },
);

/** Whether a dtype has a number. */
function holds(dtype: DType, value: number): boolean {
  return dtype.startsWith("float") || new SAMPLE_ARRAYS[dtype]([value])[0] === value;
}
