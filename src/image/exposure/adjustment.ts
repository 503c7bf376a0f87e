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

/** A curve as a table: an entry of the result's dtype for each level of 8 or 16 bits. */
export function tableOf(dtype: DType, to: DType, curve: Curve): Samples {
  const levels = INTEGER_LIMITS[dtype]![1] + 1;
  return new SAMPLE_ARRAYS[to](levels).map((_, level) => curve(level));
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
