import { ImageError } from "../errors.ts";
import { type ImageHeader, shape } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { philox } from "./philox.ts";
import { poisson } from "./poisson.ts";

/** A kind of noise. */
export type NoiseMode = "gaussian" | "localvar" | "poisson" | "speckle" | "salt" | "pepper" | "s&p";

/** Options of `util.randomNoise`. */
export interface RandomNoiseOptions extends OutOptions {
  /**
   * `"gaussian"` (default) adds normal numbers, `"localvar"` those of a variance for each sample, `"speckle"` those of `"gaussian"` times the
   * intensity; `"poisson"` counts as many quanta as white has levels, the image's rounded up to a power of two; `"salt"` makes some samples
   * 1, `"pepper"` the least intensity, `"s&p"` either.
   */
  mode?: NoiseMode;
  /** The seed, a whole number of at least 0: the same noise whenever it is given. Default, or `null`: another one at each call. */
  rng?: number | null;
  /** Cut the result to [0, 1], or to [-1, 1] for an image with negative samples. Default true. */
  clip?: boolean;
  /** Mean of the normal numbers, of modes `"gaussian"` and `"speckle"`. Default 0. */
  mean?: number;
  /** Their variance. Default 0.01. */
  var?: number;
  /** The variances of mode `"localvar"`, above 0: an image of the same shape in main memory. Default, or `null`: 0.01 everywhere. */
  localVars?: Image | null;
  /** The share of samples that are replaced, of modes `"salt"`, `"pepper"` and `"s&p"`. Default 0.05. */
  amount?: number;
  /** The share of these that become 1, of mode `"s&p"`. Default 0.5. */
  saltVsPepper?: number;
}

/** What `util.randomNoise` is to do, checked and with defaults. */
export interface ResolvedRandomNoise {
  /** What happens to a sample: normal numbers are added, times it or not, quanta are counted, or some samples are replaced. */
  readonly kind: "additive" | "multiplicative" | "poisson" | "impulse";
  readonly mean: number;
  readonly deviation: number;
  /** Variances in place of the deviation. */
  readonly localVars: Image | null;
  readonly amount: number;
  /** The share of 1 among the replaced. */
  readonly salt: number;
  readonly clip: boolean;
  /** The lower and the upper word of the seed. */
  readonly key: readonly [number, number];
  /** Factor from sample to intensity. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const NORMAL: readonly string[] = ["mean", "var"];
const MODES: Readonly<Record<NoiseMode, readonly string[]>> = {
  gaussian: NORMAL,
  localvar: ["localVars"],
  poisson: [],
  speckle: NORMAL,
  salt: ["amount"],
  pepper: ["amount"],
  "s&p": ["amount", "saltVsPepper"],
};
const OPTIONS: readonly string[] = ["mode", "rng", "clip", "out", "mean", "var", "localVars", "amount", "saltVsPepper"];
const KINDS: Readonly<Record<NoiseMode, ResolvedRandomNoise["kind"]>> = {
  gaussian: "additive",
  localvar: "additive",
  poisson: "poisson",
  speckle: "multiplicative",
  salt: "impulse",
  pepper: "impulse",
  "s&p": "impulse",
};

/** Checks the arguments of `util.randomNoise` and applies the defaults. */
export function resolveRandomNoise(image: ImageHeader, options?: RandomNoiseOptions): ResolvedRandomNoise {
  const read = new OptionReader("util.randomNoise", options, OPTIONS);
  const mode = read.oneOf("mode", "gaussian", Object.keys(MODES) as NoiseMode[]);
  for (const name of OPTIONS.slice(4)) {
    if (read.value(name) === undefined || MODES[mode].includes(name)) continue;
    throw read.error(`mode "${mode}" has no option ${name}; it has ${MODES[mode].join(" and ") || "none of its own"}`);
  }
  const another = Math.floor(Math.random() * 2 ** 53);
  const seed = read.value("rng") === null ? another : read.integer("rng", another, 0);
  return {
    kind: KINDS[mode],
    mean: read.number("mean", 0),
    deviation: Math.sqrt(read.number("var", 0.01, 0)),
    localVars: readVariances(read, image),
    amount: read.number("amount", 0.05, 0, 1),
    salt: mode === "salt" ? 1 : mode === "pepper" ? 0 : read.number("saltVsPepper", 0.5, 0, 1),
    clip: read.boolean("clip", true),
    key: [seed % 2 ** 32, Math.floor(seed / 2 ** 32)],
    scale: INTENSITY_SCALE[image.dtype],
    dtype: floatDType(image.dtype),
  };
}

/** The option `localVars`. */
function readVariances(read: OptionReader, image: ImageHeader): Image | null {
  const variances = read.value("localVars") ?? null;
  if (variances === null) return null;
  if (!(variances instanceof Image)) throw read.invalid("localVars", variances, "an Image or null");
  checkSamples(variances);
  if (shape(variances) !== shape(image)) {
    const problem = `localVars has shape ${shape(variances)}; expected the image's, ${shape(image)}`;
    throw new ImageError("ERR_IMAGE_SHAPE", `util.randomNoise: ${problem}`);
  }
  const wrong = variances.data.find((variance: number) => !(variance > 0 && variance < Infinity));
  if (wrong !== undefined) throw read.error(`option localVars holds ${wrong}; expected finite numbers above 0`);
  return variances;
}

/**
 * An image with noise, intensities: scikit-image's `random_noise`, with numbers of its own.
 *
 * For sample `i`, in the order of memory, Philox4x32-10 with the counter (i mod 2³², ⌊i / 2³²⌋, 0, 0) and the seed as the key gives
 * two numbers `u` and `v` in (0, 1), its first two words plus ½ over 2³². The normal number is √(−2 ln u) cos 2πv (G. E. P. Box,
 * M. E. Muller, 1958). A sample is replaced where `u` is less than `amount`, and by 1 where `v` is less than `saltVsPepper`. Poisson
 * numbers that are rejected are followed by those with a third word of 1, 2 and so on.
 *
 * @param image any dtype and channels; integers become intensities first. Opacity gets its noise with the rest.
 * @returns the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_SHAPE` for `localVars` of another shape, `ERR_IMAGE_BUFFER`.
 */
export const randomNoise: Operation<(image: Image, options?: RandomNoiseOptions) => Image> = dispatchable(
  "util.randomNoise",
  { on: [0], optionNames: OPTIONS },
  function randomNoise(image: Image, options?: RandomNoiseOptions): Image {
    checkSamples(image);
    const resolved = resolveRandomNoise(image, options);
    const { kind, mean, deviation, localVars, amount, salt, clip, key, scale, dtype } = resolved;
    const intensities = scaled(image, scale);
    let least = Infinity;
    for (const sample of image.data) least = Math.min(least, sample);
    const low = least < 0 ? -1 : 0;
    const quanta = kind === "poisson" ? quantaOf(intensities, low) : null;
    const noisy = intensities.map((intensity, i) => {
      const [u, v] = numbersAt(i, key);
      if (quanta) {
        const { perUnit, from } = quanta;
        return poisson((intensity - from) * perUnit, (round) => numbersAt(i, key, round)) / perUnit + from;
      }
      if (kind === "impulse") return u < amount ? (v < salt ? 1 : low) : intensity;
      const spread = localVars ? Math.sqrt(localVars.data[i]!) : deviation;
      const noise = mean + spread * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
      return intensity + (kind === "additive" ? noise : intensity * noise);
    });
    const clipped = clip ? noisy.map((intensity) => Math.min(Math.max(intensity, low), 1)) : noisy;
    return rounded(clipped, dtype, image);
  },
);

/** How many quanta an intensity of one is, and the intensity of none: white, or the greatest where some are negative, has as many as levels. */
function quantaOf(intensities: Float64Array, low: number): { perUnit: number; from: number } {
  const levels = 2 ** Math.ceil(Math.log2(new Set(intensities).size));
  if (low === 0) return { perUnit: levels, from: 0 };
  const greatest = intensities.reduce((most, intensity) => Math.max(most, intensity));
  return { perUnit: levels / (greatest + 1), from: -1 };
}

function numbersAt(sample: number, key: readonly [number, number], round = 0): [number, number] {
  const [first, second] = philox([sample % 2 ** 32, Math.floor(sample / 2 ** 32), round, 0], key);
  return [(first + 0.5) / 2 ** 32, (second + 0.5) / 2 ** 32];
}
