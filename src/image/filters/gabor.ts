import { type Border, borderIndices, SCIPY_BORDERS } from "../border.ts";
import { ImageError } from "../errors.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, rounded } from "../intensity.ts";
import { display, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";

/** Options of `filters.gabor`. */
export interface GaborOptions extends OutOptions<GaborResponse> {
  /** Direction of the wave in radians, from that of the columns towards that of the rows. Default 0. */
  theta?: number;
  /** How many octaves the filter lets pass, above 0; it sets deviations that are not given. Default 1. */
  bandwidth?: number;
  /** Standard deviation along the wave, above 0. Default, or `null`: by frequency and bandwidth. */
  sigmaX?: number | null;
  /** Standard deviation across it. Default, or `null`: by frequency and bandwidth. */
  sigmaY?: number | null;
  /** The radius of the kernel in standard deviations. Default 3. */
  nStds?: number;
  /** Phase of the wave in radians. Default 0. */
  offset?: number;
  /** What lies beyond the edge. Default `"reflect"`. */
  mode?: Border;
  /** The sample beyond the edge with mode `"constant"`. Default 0. */
  cval?: number;
  /** Two images that the response is written into, `{ real, imag }`; this object is what the call then returns. Default: new ones. */
  out?: GaborResponse;
}

/** What an image answers to both parts of a Gabor filter. */
export interface GaborResponse {
  /** To the even part, a cosine. */
  readonly real: Image;
  /** To the odd part, a sine. */
  readonly imag: Image;
}

/** A Gaussian that a wave goes through. */
export interface GaborKernel {
  /** Of the wave, in periods per pixel. */
  readonly frequency: number;
  readonly theta: number;
  readonly offset: number;
  /** Standard deviations along the wave and across it. */
  readonly sigmaX: number;
  readonly sigmaY: number;
  /** How far it reaches. */
  readonly radius: readonly [rows: number, columns: number];
}

/** What `filters.gabor` is to do, checked and with defaults. */
export interface ResolvedGabor extends GaborKernel {
  readonly mode: Border;
  readonly cval: number;
  /** Dtype of both results. */
  readonly dtype: FloatDType;
}

const OPERATION = "filters.gabor";
const OPTIONS: readonly string[] = ["theta", "bandwidth", "sigmaX", "sigmaY", "nStds", "offset", "mode", "cval", "out"];
/** Kernels have two dimensions: beyond this radius they are a slip, and minutes of work. */
const MAX_RADIUS = 1023;

/** Checks the arguments of `filters.gabor` and applies the defaults. */
export function resolveGabor(image: ImageHeader, frequency: unknown, options?: GaborOptions): ResolvedGabor {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  if (typeof frequency !== "number" || !Number.isFinite(frequency) || frequency <= 0) {
    throw read.error(`frequency is ${display(frequency)}; expected a finite number above 0`);
  }
  const positive = (name: string, fallback: number): number => {
    const value = (read.value(name) ?? null) === null ? fallback : read.number(name, fallback);
    if (value > 0) return value;
    throw read.invalid(name, value, "a finite number above 0");
  };
  const passed = 2 ** positive("bandwidth", 1);
  // By N. Petkov, "Gabor filter for image processing and computer vision".
  const sigma = ((Math.sqrt(Math.log(2) / 2) / Math.PI) * ((passed + 1) / (passed - 1))) / frequency;
  const [sigmaX, sigmaY] = [positive("sigmaX", sigma), positive("sigmaY", sigma)];
  const nStds = read.number("nStds", 3, 0);
  const theta = read.number("theta", 0);
  const [cosine, sine] = [Math.cos(theta), Math.sin(theta)].map(Math.abs) as [number, number];
  const radius = [
    Math.ceil(Math.max(nStds * sigmaY * cosine, nStds * sigmaX * sine, 1)),
    Math.ceil(Math.max(nStds * sigmaX * cosine, nStds * sigmaY * sine, 1)),
  ] as const;
  const mode = read.oneOf("mode", "reflect", SCIPY_BORDERS);
  const cval = read.number("cval", 0);
  const offset = read.number("offset", 0);
  requireOneChannel(OPERATION, image);
  if (!(Math.max(...radius) <= MAX_RADIUS)) {
    const problem = `frequency and deviations make a kernel of radius ${Math.max(...radius)}`;
    throw new ImageError("ERR_IMAGE_LIMIT", `${OPERATION}: ${problem}; at most ${MAX_RADIUS} is accepted`);
  }
  return { frequency, theta, offset, sigmaX, sigmaY, radius, mode, cval, dtype: floatDType(image.dtype) };
}

/**
 * What an image answers to a Gabor filter, a wave within a Gaussian: scikit-image's `gabor` (D. Gabor, "Theory of communication", 1946; in two
 * dimensions by J. G. Daugman, 1985).
 *
 * The image is convolved with the real and with the imaginary part of the kernel. Unlike there, integers give floats, in the image's units: what
 * is negative there is lost.
 *
 * @param image one channel, any dtype; samples as they are.
 * @param frequency of the wave, in periods per pixel, above 0.
 * @returns two images of the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT` for a kernel radius above 1023,
 * `ERR_IMAGE_BUFFER`.
 */
export const gabor: Operation<(image: Image, frequency: number, options?: GaborOptions) => GaborResponse> =
  dispatchable(
    OPERATION,
    { on: [0], options: 2, optionNames: OPTIONS },
    function gabor(image: Image, frequency: number, options?: GaborOptions): GaborResponse {
      checkSamples(image);
      const { mode, cval, dtype, ...kernel } = resolveGabor(image, frequency, options);
      const { data, width, height } = image;
      const rows = borderIndices(mode, height, kernel.radius[0]);
      const columns = borderIndices(mode, width, kernel.radius[1]);
      const [real, imag] = [new Float64Array(data.length), new Float64Array(data.length)];
      const taps = kernelTaps(kernel);
      for (const i of real.keys()) {
        const [y, x] = [Math.floor(i / width) + kernel.radius[0], (i % width) + kernel.radius[1]];
        for (const [down, right, even, odd] of taps) {
          // A convolution: the kernel is turned round.
          const [row, column] = [rows[y - down]!, columns[x - right]!];
          const sample = row < 0 || column < 0 ? cval : data[row * width + column]!;
          if (counts(even)) real[i] = real[i]! + even * sample;
          if (counts(odd)) imag[i] = imag[i]! + odd * sample;
        }
      }
      return { real: rounded(real, dtype, { width, height }), imag: rounded(imag, dtype, { width, height }) };
    },
  );

/** Whether a weight is more than SciPy takes for none, so that NaN and infinities matter there. */
export function counts(weight: number): boolean {
  return Math.abs(weight) > Number.EPSILON;
}

/** Row and column from the centre, and the weights there. */
export function kernelTaps({
  frequency,
  theta,
  offset,
  sigmaX,
  sigmaY,
  radius: [rows, columns],
}: GaborKernel): [down: number, right: number, real: number, imag: number][] {
  const [cosine, sine] = [Math.cos(theta), Math.sin(theta)];
  const taps: [number, number, number, number][] = [];
  for (let y = -rows; y <= rows; y++) {
    for (let x = -columns; x <= columns; x++) {
      const [along, across] = [x * cosine + y * sine, y * cosine - x * sine];
      const gaussian = Math.exp(-0.5 * ((along / sigmaX) ** 2 + (across / sigmaY) ** 2));
      const height = gaussian / (2 * Math.PI * sigmaX * sigmaY);
      const phase = 2 * Math.PI * frequency * along + offset;
      taps.push([y, x, height * Math.cos(phase), height * Math.sin(phase)]);
    }
  }
  return taps;
}
