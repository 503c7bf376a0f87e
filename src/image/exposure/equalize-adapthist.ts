import { hsvOfRgb, rgbOfHsv } from "../color/hsv.ts";
import { ImageError } from "../errors.ts";
import { type ImageHeader, shape } from "../header.ts";
import { checkSamples, type DType, Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { asUnsigned } from "../util/unsigned.ts";
import { equalizedByTiles, type TileEqualization } from "./tiles.ts";

/** Options of `exposure.equalizeAdapthist`. */
export interface EqualizeAdapthistOptions extends OutOptions {
  /** Rows and columns of a tile, or one number for both, from 1 to 65535. Default, or `null`: an eighth of the image's. */
  kernelSize?: number | readonly [rows: number, columns: number] | null;
  /**
   * How much of a tile one bin may hold, at least 0: the less, the less contrast. 0, and 1 and more, limit nothing. Default 0.01.
   */
  clipLimit?: number;
  /** Bins of a tile's histogram, from 1 to 65536. Default 256. */
  nbins?: number;
}

/** What `exposure.equalizeAdapthist` is to do, checked and with defaults. */
export interface ResolvedEqualizeAdapthist extends TileEqualization {
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPTIONS: readonly string[] = ["kernelSize", "clipLimit", "nbins", "out"];

/** Tiles of more rows or columns are refused: a slip, and minutes of work. */
const MOST_SIDE = 65_535;

/** Checks the arguments of `exposure.equalizeAdapthist` and applies the defaults. */
export function resolveEqualizeAdapthist(
  image: ImageHeader,
  options?: EqualizeAdapthistOptions,
): ResolvedEqualizeAdapthist {
  const operation = "exposure.equalizeAdapthist";
  const read = new OptionReader(operation, options, OPTIONS);
  const [rows, columns] = readKernelSize(read, image);
  const clipLimit = read.number("clipLimit", 0.01, 0);
  const nbins = read.integer("nbins", 256, 1, 65_536);
  if (![1, 3, 4].includes(image.channels)) {
    const problem = `image has shape ${shape(image)}; expected one channel, RGB or RGBA`;
    throw new ImageError("ERR_IMAGE_SHAPE", `${operation}: ${problem}`);
  }
  const pixels = rows * columns;
  const limit = clipLimit === 0 ? pixels : Math.min(Math.max(Math.trunc(clipLimit * pixels), 1), pixels);
  return { rows, columns, limit, nbins, dtype: floatDType(image.dtype) };
}

function readKernelSize(read: OptionReader, { height, width }: ImageHeader): readonly [rows: number, columns: number] {
  const given = read.value("kernelSize") ?? null;
  if (given === null) return [Math.max(height >> 3, 1), Math.max(width >> 3, 1)];
  const pair: unknown[] = Array.isArray(given) ? [...(given as unknown[])] : [given, given];
  const isSide = (side: unknown): boolean =>
    Number.isSafeInteger(side) && (side as number) > 0 && (side as number) <= MOST_SIDE;
  if (pair.length === 2 && pair.every(isSide)) return pair as unknown as readonly [number, number];
  const expected = `a whole number from 1 to ${MOST_SIDE}, two of them: [rows, columns], or null`;
  throw read.invalid("kernelSize", given, expected);
}

/**
 * An image with more contrast in every part of it: contrast limited adaptive histogram equalization (CLAHE), scikit-image's `equalize_adapthist`.
 *
 * Each tile of the image has a curve from its histogram, which no bin may dominate; a pixel follows those of the four nearest tiles, interpolated. Beyond
 * the last whole tile the image is mirrored. Samples are taken in 14 bits, from the least to the greatest, and the result goes from 0 to 1. Of colours the
 * value of HSV is equalized.
 *
 * Source: K. Zuiderveld, "Contrast limited adaptive histogram equalization", Graphics Gems IV, 1994.
 *
 * @param image one channel, RGB or RGBA, whose opacity is left out; any dtype, floats from -1 to 1.
 * @returns intensity in [0, 1], one channel or RGB; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_VALUE` for NaN and floats beyond [-1, 1], `ERR_IMAGE_SHAPE` for other channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const equalizeAdapthist: Operation<(image: Image, options?: EqualizeAdapthistOptions) => Image> = dispatchable(
  "exposure.equalizeAdapthist",
  { on: [0], optionNames: OPTIONS },
  function equalizeAdapthist(image: Image, options?: EqualizeAdapthistOptions): Image {
    checkSamples(image);
    const resolved = resolveEqualizeAdapthist(image, options);
    const { width, height, channels } = image;
    if (channels === 1) return rounded(equalized(image, resolved), resolved.dtype, { width, height });
    const intensities = scaled(image, INTENSITY_SCALE[image.dtype]);
    const values = new Float64Array(width * height);
    for (let i = 0; i < values.length; i++)
      values[i] = Math.max(...intensities.subarray(channels * i, channels * i + 3));
    const brighter = equalized(valueImage(values, image), resolved);
    const result = new Float64Array(3 * values.length);
    for (let i = 0; i < values.length; i++) {
      const [red, green, blue] = intensities.subarray(channels * i) as unknown as [number, number, number];
      const [hue, saturation] = hsvOfRgb([red, green, blue]);
      result.set(rgbOfHsv([hue, saturation, brighter[i]!]), 3 * i);
    }
    return rounded(result, resolved.dtype, { width, height, channels: 3 });
  },
);

/** The values of HSV, in the precision in which they become 16-bit integers. */
function valueImage(
  values: Float64Array,
  { width, height, dtype }: { width: number; height: number; dtype: DType },
): Image {
  return new Image(dtype === "float32" ? Float32Array.from(values) : values, { width, height });
}

/** One channel, equalized. */
function equalized(image: Image, tiles: TileEqualization): Float64Array {
  const levels = asUnsigned("exposure.equalizeAdapthist", image, "uint16");
  return equalizedByTiles(levels, tiles);
}
