import { type Border, borderIndex, foldedPlace, SCIPY_BORDERS } from "../border.ts";
import { ImageError } from "../errors.ts";
import type { ImageHeader } from "../header.ts";
import { checkSamples, type DType, Image, SAMPLE_ARRAYS } from "../image.ts";
import { display, isFiniteNumber, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { sampleOf } from "../sample-range.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { type Interpolant, spline, SPLINE_ORDERS, type SplineOrder, type Taps } from "../transform/spline.ts";
import { type OwnReduction, readReduction, type Reduction, type ResolvedReduction } from "./reduction.ts";

/** A row and a column, also between pixels and beyond the image. */
export type Place = readonly [row: number, column: number];

/** Options of `measure.profileLine`. */
export interface ProfileLineOptions extends OutOptions {
  /** Pixels across the line that are reduced to one. Default 1. */
  linewidth?: number;
  /** Of the interpolation: 0 takes the nearest pixel, 1 is linear, those above are splines. Default, or `null`: 1. */
  order?: SplineOrder | null;
  /** What lies beyond the edge. Default `"reflect"`. */
  mode?: Border;
  /** The sample beyond the edge with mode `"constant"`. Default 0. */
  cval?: number;
  /**
   * What the pixels across the line become one by: a name, or a function of their samples, from the line's right to its left, that gives a number.
   * Default `"mean"`; `null` keeps them all.
   */
  reduceFunc?: Reduction | OwnReduction | null;
}

/** Options with a reduction whose results need 64 bits. */
type Summing = ProfileLineOptions & { reduceFunc: "sum" | OwnReduction };
type Choosing = ProfileLineOptions & { reduceFunc?: Exclude<Reduction, "sum"> | null };

type Sums = (image: Image, src: Place, dst: Place, options: Summing) => Image<Float64Array>;
type Choices = (image: Image, src: Place, dst: Place, options?: Choosing) => Image;
type Profile = (image: Image, src: Place, dst: Place, options?: ProfileLineOptions) => Image | Image<Float64Array>;

/** `measure.profileLine`, by what pixels across the line are reduced by: sums come to main memory from the GPU, too. */
export type ProfileLine = Operation<Sums> & Operation<Choices> & Operation<Profile>;

const OPERATION = "measure.profileLine";
const OPTIONS: readonly string[] = ["linewidth", "order", "mode", "cval", "reduceFunc", "out"];
/** Longer and wider ones are slips. */
const MOST_SAMPLES = 2 ** 26;

/**
 * The samples along a line: scikit-image's `profile_line`.
 *
 * Samples are interpolated at distances of about one pixel, from `src` to `dst`, both of them included; integers are rounded, before they are
 * reduced.
 *
 * @param image any dtype and channels, each by itself.
 * @param src, dst where the line begins and ends.
 * @returns a row for each place along the line and one column, or with `reduceFunc: null` one for each of `linewidth`; as many channels as
 * the image. Sums, and what a function gives, are `float64`; means and medians `float64` for `float64` input, else `float32`; all else has the image's dtype. What is
 * `float64` comes to main memory from an image on the GPU, too, for which the call waits.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT` for lines of more than 2²⁶ samples, `ERR_IMAGE_BUFFER`.
 */
export const profileLine: ProfileLine = dispatchable<Profile>(
  OPERATION,
  { on: [0], options: 3, optionNames: OPTIONS },
  function profileLine(image: Image, src: Place, dst: Place, options?: ProfileLineOptions): Image {
    checkSamples(image);
    const resolved = resolveProfileLine(image, src, dst, options);
    const { order, mode, cval } = resolved;
    const grid = spline(image.data, image, order, mode, cval);
    const { channels } = image;
    return profileOf(
      image,
      resolved,
      numbersAt(grid, channels, resolved, (pixel, channel) => grid.data[pixel * channels + channel]!),
    );
  },
) as ProfileLine;

/** The grid of an interpolation without its numbers. */
type Grid = Omit<Interpolant, "data">;

/** What lies at the places of a line, all channels of one after the other, from the numbers of a grid. */
export function numbersAt(
  grid: Grid,
  channels: number,
  { places, mode, cval }: ResolvedProfileLine,
  numberAt: (pixel: number, channel: number) => number,
): Float64Array {
  const numbers = new Float64Array((places.length / 2) * channels);
  for (let i = 0; i < places.length / 2; i++) {
    const pixels = pixelsAround(grid, [places[2 * i]!, places[2 * i + 1]!], mode);
    for (let channel = 0; channel < channels; channel++) {
      const number = (pixel: number): number => (pixel < 0 ? cval : numberAt(pixel, channel));
      numbers[i * channels + channel] = pixels.reduce((sum, [pixel, weight]) => sum + weight * number(pixel), 0);
    }
  }
  return numbers;
}

/** The image of what lies along a line, from the numbers at its places. */
export function profileOf(
  { dtype: from, channels, alpha }: Pick<Image, "dtype" | "channels" | "alpha">,
  { places, linewidth, reduce, dtype }: ResolvedProfileLine,
  numbers: Float64Array,
): Image {
  const sample = rounding(from);
  const height = places.length / 2 / linewidth;
  const width = reduce === null ? linewidth : 1;
  const data = new SAMPLE_ARRAYS[dtype](height * width * channels);
  if (reduce === null) {
    for (let i = 0; i < data.length; i++) data[i] = sample(numbers[i]!);
    return new Image(data, { width, height, channels, alpha });
  }
  const across = new Float64Array(linewidth);
  for (let i = 0; i < data.length; i++) {
    const first = Math.floor(i / channels) * linewidth * channels + (i % channels);
    for (let k = 0; k < linewidth; k++) across[k] = sample(numbers[first + k * channels]!);
    data[i] = reduce(across);
  }
  return new Image(data, { width, height, channels, alpha });
}

/** The pixels of a grid that a place is a sum of, counted row by row, -1 for the constant beyond the edge; and what each weighs. */
export function pixelsAround({ height, width, tapsAt }: Grid, [row, column]: Place, mode: Border): Taps {
  return tapsAt(row).flatMap(([below, down]) =>
    tapsAt(column).map(([beside, across]): Taps[number] => {
      const [r, c] = [borderIndex(mode, below, height), borderIndex(mode, beside, width)];
      return [r < 0 || c < 0 ? -1 : r * width + c, down * across];
    }),
  );
}

/** What `measure.profileLine` is to do, checked and with defaults. */
export interface ResolvedProfileLine {
  /** Row and column of each place: along the line, for each those across it. */
  readonly places: Float64Array;
  /** How many lie across the line. */
  readonly linewidth: number;
  readonly order: SplineOrder;
  readonly mode: Border;
  readonly cval: number;
  /** `null` keeps all pixels across the line. */
  readonly reduce: ResolvedReduction["reduce"] | null;
  readonly dtype: DType;
}

/** Checks the arguments of `measure.profileLine` and applies the defaults. */
export function resolveProfileLine(
  image: ImageHeader,
  src: unknown,
  dst: unknown,
  options?: ProfileLineOptions,
): ResolvedProfileLine {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  for (const [name, place] of Object.entries({ src, dst })) {
    if (Array.isArray(place) && place.length === 2 && [...place].every(isFiniteNumber)) continue;
    throw read.error(`${name} is ${display(place)}; expected [row, column], finite numbers`);
  }
  const linewidth = read.integer("linewidth", 1, 1);
  const order = read.oneOf("order", null, [...SPLINE_ORDERS, null]) ?? 1;
  const mode = read.oneOf("mode", "reflect", SCIPY_BORDERS);
  const cval = read.number("cval", 0);
  const { reduce, dtype } =
    read.value("reduceFunc") === null
      ? { reduce: null, dtype: image.dtype }
      : readReduction(read, "reduceFunc", "mean", image.dtype);
  const [from, to] = [src as Place, dst as Place];
  const [down, right] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.ceil(Math.sqrt(down * down + right * right) + 1);
  if (!(length * linewidth * image.channels <= MOST_SAMPLES)) {
    const problem = `the line has ${length} × ${linewidth} × ${image.channels} samples`;
    throw new ImageError("ERR_IMAGE_LIMIT", `${OPERATION}: ${problem}; at most ${MOST_SAMPLES} are accepted`);
  }
  const places = placesOf(from, to, length, linewidth);
  if (order === 0) {
    for (let i = 0; i < places.length; i++) {
      places[i] = foldedPlace(mode, places[i]!, i % 2 === 0 ? image.height : image.width);
    }
  }
  return { places, linewidth, order, mode, cval, reduce, dtype };
}

/** Places along a line, and across it from its right to its left as one looks along it. */
function placesOf(src: Place, dst: Place, length: number, linewidth: number): Float64Array {
  const angle = Math.atan2(dst[0] - src[0], dst[1] - src[1]);
  // From the first pixel's centre to the last one's.
  const [aside, below] = [((linewidth - 1) * Math.sin(-angle)) / 2, ((linewidth - 1) * Math.cos(angle)) / 2];
  const places = new Float64Array(2 * length * linewidth);
  for (let i = 0, at = 0; i < length; i++) {
    const [row, column] = [spaced(src[0], dst[0], length, i), spaced(src[1], dst[1], length, i)];
    for (let k = linewidth - 1; k >= 0; k--) {
      places[at++] = spaced(row - below, row + below, linewidth, k);
      places[at++] = spaced(column - aside, column + aside, linewidth, k);
    }
  }
  return places;
}

/** Number `i` of as many at even distances, both ends included: NumPy's `linspace`. */
function spaced(start: number, stop: number, count: number, i: number): number {
  if (i === 0) return start;
  return i === count - 1 ? stop : start + i * ((stop - start) / (count - 1));
}

/** What makes numbers samples of a dtype. */
function rounding(dtype: DType): (value: number) => number {
  if (dtype === "float64") return (value) => value;
  if (dtype === "float32") return Math.fround;
  const sample = sampleOf(dtype);
  return (value) => sample(value > 0 ? value + 0.5 : value - 0.5);
}
