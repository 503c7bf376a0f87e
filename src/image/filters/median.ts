import { type Border, borderIndices, SCIPY_BORDERS } from "../border.ts";
import {
  type Footprint,
  footprintOffsets,
  fullFootprint,
  readFootprint,
  type ResolvedFootprint,
} from "../footprint.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type DType, Image, type Samples, zeros } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { asUnsigned } from "../util/unsigned.ts";
import { levelsOf, rankMedian } from "./rank-median.ts";

/** Options of `filters.median`. */
export interface MedianOptions extends OutOptions {
  /** The neighbours whose median is taken. Default 3 × 3, all of them. */
  footprint?: Footprint | null;
  /** What lies beyond the edge. Default `"nearest"`. */
  mode?: Border;
  /** The sample beyond the edge with mode `"constant"`, within the range of the image's dtype; cut to a whole number for integers. Default 0. */
  cval?: number;
  /**
   * `"ndimage"` (default): the median of all that is in the footprint, beyond the edge by `mode`; `"rank"`: of what of it lies inside of the
   * image, among levels of 8 bits, or 16 of a `uint16` image.
   */
  behavior?: "ndimage" | "rank";
}

/** What `filters.median` is to do, checked and with defaults. */
export interface ResolvedMedian {
  readonly footprint: ResolvedFootprint;
  readonly mode: Border;
  /** A number that the dtype has. */
  readonly cval: number;
  readonly behavior: "ndimage" | "rank";
  /** Dtype of the result. */
  readonly dtype: DType;
}

const OPTIONS: readonly string[] = ["footprint", "mode", "cval", "behavior", "out"];

/** The least and the greatest number of each dtype. */
const RANGES: Readonly<Record<DType, readonly [least: number, greatest: number]>> = {
  uint8: [0, 2 ** 8 - 1],
  uint16: [0, 2 ** 16 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  float32: [-(2 - 2 ** -23) * 2 ** 127, (2 - 2 ** -23) * 2 ** 127],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE],
};

/** Checks the arguments of `filters.median` and applies the defaults. */
export function resolveMedian(image: ImageHeader, options?: MedianOptions): ResolvedMedian {
  const read = new OptionReader("filters.median", options, OPTIONS);
  const footprint = readFootprint(read) ?? fullFootprint(3, 3);
  const mode = read.oneOf("mode", "nearest", SCIPY_BORDERS);
  const cval = read.number("cval", 0, ...RANGES[image.dtype]);
  const behavior = read.oneOf("behavior", "ndimage", ["ndimage", "rank"]);
  if (behavior === "rank" && (mode !== "nearest" || cval !== 0)) {
    throw read.error('options mode and cval are for behavior "ndimage"; "rank" looks at nothing beyond the edge');
  }
  requireOneChannel("filters.median", image);
  const dtype = behavior === "rank" && image.dtype !== "uint16" ? "uint8" : image.dtype;
  return { footprint, mode, cval: inDType(cval, image.dtype), behavior, dtype };
}

/**
 * Each pixel's median over its neighbours: scikit-image's `median`, which is `scipy.ndimage.median_filter`.
 *
 * Of an even number of neighbours the upper one of the two in the middle. NaN counts as greater than any number, where SciPy
 * leaves it open. Behaviour `"rank"` is that of `rank.median`, for which `util.imgAsUbyte` makes bytes of what is neither `uint8` nor `uint16`.
 *
 * @param image one channel, any dtype.
 * @returns the same shape and dtype; of behaviour `"rank"` `uint16` for `uint16`, else `uint8`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`; with behaviour `"rank"`
 * `ERR_IMAGE_VALUE` for floats beyond [-1, 1] and NaN.
 */
export const median: Operation<(image: Image, options?: MedianOptions) => Image> = dispatchable(
  "filters.median",
  { on: [0], optionNames: OPTIONS },
  function median(image: Image, options?: MedianOptions): Image {
    checkSamples(image);
    const { footprint, mode, cval, behavior } = resolveMedian(image, options);
    const { data, width, height } = image;
    if (behavior === "rank") {
      const levels = levelsOf(image) ?? asUnsigned("filters.median", image, "uint8");
      const medianAt = rankMedian(levels, footprint);
      const medians = levels.data.map((_: number, i: number) => medianAt(Math.floor(i / width), i % width));
      return new Image<Samples>(medians, { width, height });
    }
    const radius = Math.max(footprint.height, footprint.width) >> 1;
    const rows = borderIndices(mode, height, radius);
    const columns = borderIndices(mode, width, radius);
    const offsets = footprintOffsets(footprint);
    const neighbours = new Float64Array(footprint.count);
    const result: Image = zeros(image.dtype, { width, height });
    for (let i = 0; i < data.length; i++) {
      const [y, x] = [Math.floor(i / width), i % width];
      offsets.forEach(([down, right], k) => {
        const [row, column] = [rows[y + radius + down]!, columns[x + radius + right]!];
        neighbours[k] = row < 0 || column < 0 ? cval : data[row * width + column]!;
      });
      // A typed array sorts by number, NaN last.
      result.data[i] = neighbours.sort()[footprint.count >> 1]!;
    }
    return result;
  },
);

/** The number as the dtype has it, cut to a whole one for integers as in C. */
function inDType(value: number, dtype: DType): number {
  if (dtype === "float64") return value;
  return dtype === "float32" ? Math.fround(value) : Math.trunc(value);
}
