// What adjustments of intensities share: each is a curve, which every sample follows by itself.
import { ImageError } from "../errors.ts";
import { type DType, type Image, SAMPLE_ARRAYS, type Samples, zeros } from "../image.ts";
import { INTEGER_LIMITS, sampleOf } from "../sample-range.ts";

/** What becomes of a sample, in the units of its dtype. */
export type Curve = (sample: number) => number;

/**
 * The curve of samples that `adjust` makes of intensities, 1 being the greatest sample of an integer dtype; what it gives
 * is multiplied by `gain`. Integers are cut to whole numbers and to their dtype's limits.
 */
export function curveOf(dtype: DType, adjust: (intensity: number) => number, gain = 1): Curve {
  const scale = INTEGER_LIMITS[dtype]?.[1] ?? 1;
  const sample = sampleOf(dtype);
  return (value) => sample(adjust(value / scale) * scale * gain);
}

/**
 * Keeps the last curve for the same parameters, and with it its table: images of a sequence are adjusted alike, and powers and
 * logarithms of all levels take as long as a small image does.
 */
export function keepingLast<P extends readonly (number | boolean | string)[]>(
  make: (...parameters: P) => Curve,
): (...parameters: P) => Curve {
  let last: { readonly parameters: P; readonly curve: Curve } | undefined;
  return (...parameters) => {
    if (!last?.parameters.every((parameter, i) => Object.is(parameter, parameters[i]))) {
      last = { parameters, curve: make(...parameters) };
    }
    return last.curve;
  };
}

/** Of curves that are kept. */
const TABLES = new WeakMap<Curve, Samples>();

/**
 * A curve of one dtype as a table, which is to be read only: an entry of the result's dtype for each level of 8 or 16 bits.
 */
export function tableOf(dtype: DType, to: DType, curve: Curve): Samples {
  let table = TABLES.get(curve);
  if (table === undefined) {
    table = new SAMPLE_ARRAYS[to](INTEGER_LIMITS[dtype]![1] + 1);
    for (let level = 0; level < table.length; level++) table[level] = curve(level);
    TABLES.set(curve, table);
  }
  return table;
}

/** The image with every sample where the curve has it; negative ones are `ERR_IMAGE_VALUE`. */
export function adjusted(operation: string, image: Image, curve: Curve): Image {
  const result: Image = zeros(image.dtype, image);
  for (let i = 0; i < image.data.length; i++) {
    const sample = image.data[i]!;
    requireNotNegative(operation, sample);
    result.data[i] = curve(sample);
  }
  return result;
}

/** Throws `ERR_IMAGE_VALUE` for a negative sample. */
export function requireNotNegative(operation: string, sample: number): void {
  if (!(sample < 0)) return;
  const problem = `image holds ${sample}; expected samples of at least 0`;
  throw new ImageError("ERR_IMAGE_VALUE", `${operation}: ${problem}`);
}
