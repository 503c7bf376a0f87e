import { ImageError } from "../errors.ts";
import { correlate, gaussianKernel } from "../filters/blur.ts";
import { type ImageHeader, requireAlike, shape } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { floatDType, rounded } from "../intensity.ts";
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
  /** Give the similarity at each pixel too, `S`. Default false. */
  full?: boolean;
  /** Give the derivative of the mean by each sample of `im2` too, `grad`, as A. N. Avanaki has it. Default false. */
  gradient?: boolean;
}

type Full = (
  im1: Image,
  im2: Image,
  options: StructuralSimilarityOptions & { full: true; gradient?: false },
) => { mssim: number; S: Image };
type Gradient = (
  im1: Image,
  im2: Image,
  options: StructuralSimilarityOptions & { full?: false; gradient: true },
) => { mssim: number; grad: Image };
type Both = (
  im1: Image,
  im2: Image,
  options: StructuralSimilarityOptions & { full: true; gradient: true },
) => { mssim: number; grad: Image; S: Image };
type Mean = (
  im1: Image,
  im2: Image,
  options?: StructuralSimilarityOptions & { full?: false; gradient?: false },
) => number;

/** `metrics.structuralSimilarity`, by what it is to give. */
export type StructuralSimilarity = Operation<Full> & Operation<Gradient> & Operation<Both> & Operation<Mean>;

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
  /** Whether to give the similarity at each pixel too. */
  readonly full: boolean;
  /** Whether to give the derivative of the mean too. */
  readonly gradient: boolean;
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
  "full",
  "gradient",
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
    full: read.boolean("full", false),
    gradient: read.boolean("gradient", false),
  };
}

/**
 * The mean structural similarity of two images: scikit-image's `structural_similarity`.
 *
 * Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, "Image quality assessment: from error visibility to structural
 * similarity", IEEE Transactions on Image Processing 13 (2004); for their figures pass `gaussianWeights: true` and
 * `useSampleCovariance: false`. The gradient: A. N. Avanaki, "Exact global histogram specification optimized for structural
 * similarity", Optical Review 16 (2009). Computed in 64 bits. The margin of half a window does not count.
 *
 * @param im1 any dtype; several channels with `channelAxis`.
 * @param im2 the same shape and dtype.
 * @returns a number from -1 to 1; 1 for images that are equal. With `full` or `gradient` an object of that number, `mssim`, and images of
 * the same shape, `S` and `grad`: `float64` for `float64` images, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for images that differ in it, are smaller than the window, or have several channels without
 * `channelAxis`, `ERR_IMAGE_DTYPE` for other dtypes, `ERR_IMAGE_OPTION`, also for floats without `dataRange`, `ERR_IMAGE_BUFFER`.
 */
export const structuralSimilarity: StructuralSimilarity = dispatchable<Mean>(
  OPERATION,
  { on: [0, 1], optionNames: OPTIONS },
  function structuralSimilarity(im1: Image, im2: Image, options?: StructuralSimilarityOptions) {
    checkSamples(im1);
    const resolved = resolveStructuralSimilarity(im1, im2, options);
    checkSamples(im2);
    const { mssim, similarities, slopes } = similarityOf(im1, im2, resolved);
    const { full, gradient } = resolved;
    if (!full && !gradient) return mssim;
    const image = (samples: Float64Array): Image => rounded(samples, floatDType(im1.dtype), im1);
    return { mssim, ...(gradient && { grad: image(slopes!) }), ...(full && { S: image(similarities) }) };
  } as Mean,
) as StructuralSimilarity;

/** The mean, the similarity at each sample, and the derivative of the mean by each sample of the second image where asked for. */
function similarityOf(
  im1: Image,
  im2: Image,
  { weights, margin, covariance, c1, c2, gradient }: ResolvedStructuralSimilarity,
): { mssim: number; similarities: Float64Array; slopes: Float64Array | null } {
  const { width, height, channels } = im1;
  const [x, y] = [Float64Array.from(im1.data), Float64Array.from(im2.data)];
  const mean = (samples: Float64Array): Float64Array => {
    const down = correlate(samples, { lines: 1, length: height, samples: width * channels }, weights, "reflect", 0);
    return correlate(down, { lines: height, length: width, samples: channels }, weights, "reflect", 0);
  };
  const [ux, uy] = [mean(x), mean(y)];
  const [uxx, uyy] = [mean(x.map((a) => a * a)), mean(y.map((b) => b * b))];
  const uxy = mean(x.map((a, i) => a * y[i]!));
  const terms = (i: number): { a1: number; a2: number; b1: number; b2: number } => {
    const [a, b] = [ux[i]!, uy[i]!];
    const vx = covariance * (uxx[i]! - a * a);
    const vy = covariance * (uyy[i]! - b * b);
    const vxy = covariance * (uxy[i]! - a * b);
    return { a1: 2 * a * b + c1, a2: 2 * vxy + c2, b1: a * a + b * b + c1, b2: vx + vy + c2 };
  };
  const similarities = x.map((_, i) => {
    const { a1, a2, b1, b2 } = terms(i);
    return (a1 * a2) / (b1 * b2);
  });
  let sum = 0;
  for (let row = margin; row < height - margin; row++) {
    for (let i = (row * width + margin) * channels; i < (row * width + width - margin) * channels; i++) {
      sum += similarities[i]!;
    }
  }
  const mssim = sum / ((height - 2 * margin) * (width - 2 * margin) * channels);
  if (!gradient) return { mssim, similarities, slopes: null };
  const [byFirst, bySecond, constant] = [
    new Float64Array(x.length),
    new Float64Array(x.length),
    new Float64Array(x.length),
  ];
  for (const [i, similarity] of similarities.entries()) {
    const { a1, a2, b1, b2 } = terms(i);
    byFirst[i] = a1 / (b1 * b2);
    bySecond[i] = -similarity / b2;
    constant[i] = (ux[i]! * (a2 - a1) - uy[i]! * (b2 - b1) * similarity) / (b1 * b2);
  }
  const [first, second, rest] = [mean(byFirst), mean(bySecond), mean(constant)];
  const slopes = x.map((a, i) => ((first[i]! * a + second[i]! * y[i]! + rest[i]!) * 2) / (width * height));
  return { mssim, similarities, slopes };
}
