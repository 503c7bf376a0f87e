import { ImageError } from "../errors.ts";
import { correlate, gaussianKernel } from "../filters/blur.ts";
import { type ImageHeader, requireAlike, shape } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { DTYPE_RANGE, readDataRange } from "./data-range.ts";

/** Options of `metrics.structuralSimilarity`. */
export interface StructuralSimilarityOptions extends DispatchOptions {
  /** Side of the window, odd, from 3 up to the image's shorter side. Default, or `null`: 7; with `gaussianWeights` what these reach. */
  winSize?: number | null;
  /** From the least to the greatest value that is possible, above 0. Float images need it; default: the range of the dtype. */
  dataRange?: number | null;
  /** 2 or -1: the mean over the channels. Images of several channels need it. */
  channelAxis?: 2 | -1 | null;
  /** Weigh the window by a Gaussian, which reaches 3.5 standard deviations. Default false. */
  gaussianWeights?: boolean;
  /** Divide covariances by one less than the window has pixels. Default true. */
  useSampleCovariance?: boolean;
  /** A small constant, at least 0. Default 0.01. */
  K1?: number;
  /** A small constant, at least 0. Default 0.03. */
  K2?: number;
  /** Standard deviation for `gaussianWeights`, from 0.2 to 1000 pixels. Default 1.5. */
  sigma?: number;
}

/** What `metrics.structuralSimilarity` is to do, checked and with defaults. */
export interface ResolvedStructuralSimilarity {
  /** Weights along either axis, which sum to 1; their number is odd. */
  readonly weights: Float64Array;
  /** Pixels along each edge that do not count. */
  readonly margin: number;
  /** From the least to the greatest value that is possible. */
  readonly range: number;
  /** What covariances are multiplied by. */
  readonly covariance: number;
  /** What keeps the quotient of the means stable. */
  readonly c1: number;
  /** What keeps the quotient of the covariances stable. */
  readonly c2: number;
}

const OPERATION = "metrics.structuralSimilarity";
const OPTIONS: readonly string[] = [
  "winSize",
  "dataRange",
  "channelAxis",
  "gaussianWeights",
  "useSampleCovariance",
  "K1",
  "K2",
  "sigma",
];

/** Checks the arguments of `metrics.structuralSimilarity` and applies the defaults. */
export function resolveStructuralSimilarity(
  im1: ImageHeader,
  im2: ImageHeader,
  options?: StructuralSimilarityOptions,
): ResolvedStructuralSimilarity {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const gaussianWeights = read.boolean("gaussianWeights", false);
  const sigma = read.number("sigma", 1.5, 0.2, 1000);
  const radius = gaussianWeights ? Math.floor(3.5 * sigma + 0.5) : 3;
  const given = read.value("winSize") ?? null;
  const winSize = given === null ? 2 * radius + 1 : read.integer("winSize", 7, 3);
  if (winSize % 2 === 0) throw read.invalid("winSize", winSize, "an odd number");
  const sample = read.boolean("useSampleCovariance", true);
  const [k1, k2] = [read.number("K1", 0.01, 0), read.number("K2", 0.03, 0)];
  const channelAxis = read.oneOf("channelAxis", null, [2, -1, null]);
  const dataRange = readDataRange(read);
  requireAlike(OPERATION, im1, im2);
  if (im1.channels > 1 && channelAxis === null) {
    const problem = `images have shape ${shape(im1)}; pass channelAxis: 2 for the mean over the channels`;
    throw new ImageError("ERR_IMAGE_SHAPE", `${OPERATION}: ${problem}`);
  }
  if (winSize > Math.min(im1.width, im1.height)) {
    const problem = `images have shape ${shape(im1)}; a window of ${winSize} × ${winSize} needs larger ones, or pass a smaller winSize`;
    throw new ImageError("ERR_IMAGE_SHAPE", `${OPERATION}: ${problem}`);
  }
  if (dataRange === null && im1.dtype.startsWith("float")) throw read.error(`${im1.dtype} images need dataRange`);
  const [lowest, highest] = DTYPE_RANGE[im1.dtype];
  const range = dataRange ?? highest - lowest;
  const pixels = winSize ** 2;
  return {
    weights: gaussianWeights ? gaussianKernel(sigma, radius) : new Float64Array(winSize).fill(1 / winSize),
    margin: (winSize - 1) / 2,
    range,
    covariance: sample ? pixels / (pixels - 1) : 1,
    c1: (k1 * range) ** 2,
    c2: (k2 * range) ** 2,
  };
}

/**
 * The mean structural similarity of two images: scikit-image's `structural_similarity`, without its image and gradient.
 *
 * Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, "Image quality assessment: from error visibility to structural
 * similarity", IEEE Transactions on Image Processing 13 (2004); for their figures pass `gaussianWeights: true` and
 * `useSampleCovariance: false`. Computed in 64 bits. The margin of half a window does not count.
 *
 * @param im1 any dtype; several channels with `channelAxis`.
 * @param im2 the same shape and dtype.
 * @returns a number from -1 to 1; 1 for images that are equal.
 * @throws ImageError `ERR_IMAGE_SHAPE` for images that differ in it, are smaller than the window, or have several channels without
 * `channelAxis`, `ERR_IMAGE_DTYPE` for other dtypes, `ERR_IMAGE_OPTION`, also for floats without `dataRange`, `ERR_IMAGE_BUFFER`.
 */
export const structuralSimilarity: Operation<
  (im1: Image, im2: Image, options?: StructuralSimilarityOptions) => number
> = dispatchable(
  OPERATION,
  { on: [0, 1], optionNames: OPTIONS },
  function structuralSimilarity(im1: Image, im2: Image, options?: StructuralSimilarityOptions): number {
    checkSamples(im1);
    const { weights, margin, covariance, c1, c2 } = resolveStructuralSimilarity(im1, im2, options);
    checkSamples(im2);
    const { width, height, channels } = im1;
    const [x, y] = [Float64Array.from(im1.data), Float64Array.from(im2.data)];
    const mean = (samples: Float64Array): Float64Array => {
      const down = correlate(samples, { lines: 1, length: height, samples: width * channels }, weights, "reflect", 0);
      return correlate(down, { lines: height, length: width, samples: channels }, weights, "reflect", 0);
    };
    const [ux, uy] = [mean(x), mean(y)];
    const [uxx, uyy] = [mean(x.map((a) => a * a)), mean(y.map((b) => b * b))];
    const uxy = mean(x.map((a, i) => a * y[i]!));

    let sum = 0;
    for (let row = margin; row < height - margin; row++) {
      for (let i = (row * width + margin) * channels; i < (row * width + width - margin) * channels; i++) {
        const [a, b] = [ux[i]!, uy[i]!];
        const vx = covariance * (uxx[i]! - a * a);
        const vy = covariance * (uyy[i]! - b * b);
        const vxy = covariance * (uxy[i]! - a * b);
        sum += ((2 * a * b + c1) * (2 * vxy + c2)) / ((a * a + b * b + c1) * (vx + vy + c2));
      }
    }
    return sum / ((height - 2 * margin) * (width - 2 * margin) * channels);
  },
);
