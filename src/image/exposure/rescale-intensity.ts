import type { ImageHeader } from "../header.ts";
import { checkSamples, type DType, type Image, zeros } from "../image.ts";
import { floatDType } from "../intensity.ts";
import { isFiniteNumber, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { INTEGER_LIMITS, sampleOf } from "../sample-range.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import type { Curve } from "./adjustment.ts";
import { extremesOf } from "./extremes.ts";

/** The least and the greatest of a range. */
type Limits = readonly [least: number, greatest: number];

/** The image's own range, that of its dtype, that of a dtype by its name, or two numbers. */
export type IntensityRange =
  | "image"
  | "dtype"
  | DType
  | "float"
  | "uint10"
  | "uint12"
  | "uint14"
  | readonly [number, number];

/** Options of `exposure.rescaleIntensity`. */
export interface RescaleIntensityOptions extends OutOptions {
  /** What is stretched: samples beyond it become its limits first. Default `"image"`. */
  inRange?: IntensityRange;
  /**
   * What it is stretched to. A name stands for the range of that dtype, [-1, 1] for floats, without its negative half where
   * `inRange` has none, and makes the result of that dtype (`uint16` for 10 to 14 bits, `float64` for `"float"`). Two numbers make floats. Default
   * `"dtype"`.
   */
  outRange?: IntensityRange;
}

/** What `exposure.rescaleIntensity` is to do, checked and with defaults. */
export interface ResolvedRescaleIntensity {
  readonly inRange: "image" | Limits;
  readonly outRange: "image" | Limits;
  /** Whether the negative half of `outRange` goes where `inRange` has none. */
  readonly clipNegative: boolean;
  /** Dtype of the result. */
  readonly dtype: DType;
}

/** The straight line that samples follow. */
export interface Rescaling {
  readonly from: Limits;
  readonly to: Limits;
}

const OPTIONS: readonly string[] = ["inRange", "outRange", "out"];

const RANGES: Readonly<Record<string, Limits>> = {
  ...(INTEGER_LIMITS as Readonly<Record<string, Limits>>),
  uint10: [0, 1023],
  uint12: [0, 4095],
  uint14: [0, 16383],
  float: [-1, 1],
  float32: [-1, 1],
  float64: [-1, 1],
};

/** Checks the arguments of `exposure.rescaleIntensity` and applies the defaults. */
export function resolveRescaleIntensity(
  { dtype }: ImageHeader,
  options?: RescaleIntensityOptions,
): ResolvedRescaleIntensity {
  const read = new OptionReader("exposure.rescaleIntensity", options, OPTIONS);
  const [inRange] = readRange(read, "inRange", "image", dtype);
  const [outRange, name] = readRange(read, "outRange", "dtype", dtype);
  if (name === null) return { inRange, outRange, clipNegative: false, dtype: floatDType(dtype) };
  const resultOf: Readonly<Record<string, DType>> = {
    image: dtype,
    float: "float64",
    uint10: "uint16",
    uint12: "uint16",
    uint14: "uint16",
  };
  return { inRange, outRange, clipNegative: outRange !== "image", dtype: resultOf[name] ?? (name as DType) };
}

/** Limits and what names them; no name for two numbers. */
function readRange(
  read: OptionReader,
  option: string,
  fallback: string,
  dtype: DType,
): ["image" | Limits, name: string | null] {
  const given = read.value(option) ?? fallback;
  if (given === "image") return ["image", given];
  const name = given === "dtype" ? dtype : given;
  if (typeof name === "string" && Object.hasOwn(RANGES, name)) return [RANGES[name]!, name];
  if (Array.isArray(given) && given.length === 2 && [...given].every(isFiniteNumber)) {
    return [[...given] as unknown as Limits, null];
  }
  throw read.invalid(option, given, `two numbers, or one of "image", "dtype", ${Object.keys(RANGES).join(", ")}`);
}

/** Whether the extremes of the image matter. */
export function usesExtremes({ inRange, outRange }: ResolvedRescaleIntensity): boolean {
  return inRange === "image" || outRange === "image";
}

/**
 * From where to where samples go.
 *
 * @param extremes the least and the greatest sample, NaN both if one is; `null` where they do not matter.
 */
export function rescalingOf(resolved: ResolvedRescaleIntensity, extremes: Limits | null): Rescaling {
  const { inRange, outRange, clipNegative } = resolved;
  const from = inRange === "image" ? extremes! : inRange;
  const to = outRange === "image" ? extremes! : outRange;
  return { from, to: clipNegative && from[0] >= 0 ? [0, to[1]] : to };
}

/**
 * The image with one range of samples stretched to another: scikit-image's `rescale_intensity`.
 *
 * Computed in the precision of the samples, in 64 bits for integers, and for results of an integer dtype cut to whole
 * numbers and to the dtype's limits. A range `inRange` of no width leaves samples as they are, but for the limits of
 * `outRange`. With NaN in the image and a range `"image"` everything is NaN, or 0 in an integer dtype.
 *
 * @param image any dtype and channels.
 * @returns the same shape; the dtype as `outRange` says, the image's unless given.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const rescaleIntensity: Operation<(image: Image, options?: RescaleIntensityOptions) => Image> = dispatchable(
  "exposure.rescaleIntensity",
  { on: [0], optionNames: OPTIONS },
  function rescaleIntensity(image: Image, options?: RescaleIntensityOptions): Image {
    checkSamples(image);
    const resolved = resolveRescaleIntensity(image, options);
    const rescaling = rescalingOf(resolved, usesExtremes(resolved) ? extremesOf(image.data) : null);
    const curve = rescalingCurve(image.dtype, resolved.dtype, rescaling);
    const result: Image = zeros(resolved.dtype, image);
    for (let i = 0; i < image.data.length; i++) result.data[i] = curve(image.data[i]!);
    return result;
  },
);

/** What becomes of a sample of one dtype in another. */
export function rescalingCurve(from: DType, to: DType, rescaling: Rescaling): Curve {
  const [line, sample] = [lineOf(from, rescaling), sampleOf(to)];
  return (value) => sample(line(value));
}

/** NumPy's steps one by one: for 32-bit floats each is rounded. */
function lineOf(dtype: DType, { from, to }: Rescaling): (value: number) => number {
  const round = dtype === "float32" ? Math.fround : (value: number): number => value;
  const clip = (value: number, [least, greatest]: Limits): number =>
    Math.min(Math.max(value, round(least)), round(greatest));
  if (from[0] === from[1]) return (value) => clip(clip(value, from), to);
  const [low, span] = [round(from[0]), round(from[1] - from[0])];
  const [base, height] = [round(to[0]), round(to[1] - to[0])];
  return (value) => round(round(round(round(clip(value, from) - low) / span) * height) + base);
}
