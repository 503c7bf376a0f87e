import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, Image, SAMPLE_ARRAYS } from "../image.ts";
import { type FloatDType, floatDType } from "../intensity.ts";
import { nearestSeeds } from "../nearest-seed.ts";
import type { Operation } from "../operation.ts";
import { OptionReader } from "../options.ts";
import type { OutOptions } from "../out.ts";
import { readDistanceSpacing, type Spacing } from "../spacing.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";

/**
 * Options of `morphology.distanceTransformEdt`, beside `out`, which is of what these ask for: an image for the distances, or of two
 * channels of `int32` for the indices, or for both an object `{ distances, indices }`, which the call then returns.
 */
export interface DistanceTransformEdtOptions extends DispatchOptions {
  /** Height and width of a pixel, from 1e-90 to 1e90. Default 1. */
  sampling?: number | Spacing;
  /** Give the distances. Default true. */
  returnDistances?: boolean;
  /** Give the places of the nearest background pixels too, `indices`. Default false. */
  returnIndices?: boolean;
}

/** What `morphology.distanceTransformEdt` gives with `returnIndices`. */
export interface DistancesAndIndices {
  distances: Image<Float32Array | Float64Array>;
  /** Row and column of the nearest background pixel, in two channels. */
  indices: Image<Int32Array>;
}

type Distances = (
  image: Image,
  options?: DistanceTransformEdtOptions &
    OutOptions<Image<Float32Array | Float64Array>> & { returnDistances?: true; returnIndices?: false },
) => Image<Float32Array | Float64Array>;
type Both = (
  image: Image,
  options: DistanceTransformEdtOptions &
    OutOptions<DistancesAndIndices> & { returnDistances?: true; returnIndices: true },
) => DistancesAndIndices;
type Indices = (
  image: Image,
  options: DistanceTransformEdtOptions &
    OutOptions<Image<Int32Array>> & { returnDistances: false; returnIndices: true },
) => Image<Int32Array>;

type Asked = (image: Image, options: DistanceTransformEdtOptions) => Image | DistancesAndIndices;

/** `morphology.distanceTransformEdt`, by what it is to give. */
export type DistanceTransformEdt = Operation<Indices> & Operation<Both> & Operation<Distances> & Operation<Asked>;

/** What `morphology.distanceTransformEdt` is to do, checked and with defaults. */
export interface ResolvedDistanceTransformEdt {
  readonly sampling: Spacing;
  readonly returnDistances: boolean;
  readonly returnIndices: boolean;
  /** Of the distances. */
  readonly dtype: FloatDType;
}

const OPERATION = "morphology.distanceTransformEdt";
const OPTIONS: readonly string[] = ["sampling", "returnDistances", "returnIndices", "out"];

/** Checks the arguments of `morphology.distanceTransformEdt` and applies the defaults. */
export function resolveDistanceTransformEdt(
  image: ImageHeader,
  options?: DistanceTransformEdtOptions,
): ResolvedDistanceTransformEdt {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const sampling = readDistanceSpacing(read, "sampling");
  const returnDistances = read.boolean("returnDistances", true);
  const returnIndices = read.boolean("returnIndices", false);
  if (!returnDistances && !returnIndices)
    throw read.error("returnDistances and returnIndices are both false; expected one of them to be true");
  requireOneChannel(OPERATION, image);
  return { sampling, returnDistances, returnIndices, dtype: floatDType(image.dtype) };
}

/**
 * How far each pixel that is not 0 is from the nearest one that is: SciPy's `distance_transform_edt`, the exact Euclidean distance
 * transform.
 *
 * Of several pixels at the same distance `indices` have that in the lowest column, and in that column the uppermost, as there; a rounded
 * `sampling` may tell them apart. Where nothing is 0, distances are, as there, to the pixel above the first one, at row -1 and column 0.
 *
 * @param image one channel, any dtype: a mask, or an image of which 0 is the background. NaN is not.
 * @returns distances in units of `sampling`, 0 in the background, the same shape; `float64` for `float64` input, else `float32`. With
 *   `returnIndices` an object of these, `distances`, and of `indices`, `int32`, rows in the first channel and columns in the second; without
 *   `returnDistances` these alone.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const distanceTransformEdt: DistanceTransformEdt = dispatchable<Distances>(
  OPERATION,
  { on: [0], optionNames: OPTIONS },
  function distanceTransformEdt(image: Image, options?: DistanceTransformEdtOptions): Image | DistancesAndIndices {
    checkSamples(image);
    const resolved = resolveDistanceTransformEdt(image, options);
    const { width, height } = image;
    const isBackground = Uint8Array.from(image.data, (sample) => (sample === 0 ? 1 : 0));
    const { places, distances } = nearestSeeds(isBackground, image, resolved.sampling);
    const [rowSide, columnSide] = resolved.sampling;
    const toFirst = (i: number): number =>
      Math.sqrt(((Math.floor(i / width) + 1) * rowSide) ** 2 + ((i % width) * columnSide) ** 2);
    const all = distances.map((distance, i) => (places[i]! < 0 ? toFirst(i) : distance));
    const transformed = new Image(new SAMPLE_ARRAYS[resolved.dtype](all), { width, height });
    if (!resolved.returnIndices) return transformed;
    const samples = new Int32Array(2 * places.length);
    places.forEach((place, i) => {
      samples[2 * i] = Math.floor(place / width);
      samples[2 * i + 1] = Math.max(place, 0) % width;
    });
    const indices = new Image(samples, { width, height, channels: 2 });
    return resolved.returnDistances ? { distances: transformed, indices } : indices;
  } as Distances,
) as DistanceTransformEdt;
