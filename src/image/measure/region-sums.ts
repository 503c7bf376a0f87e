import { Image, SAMPLE_ARRAYS } from "../image.ts";

/** Where in the numbers of a region each is; with {@link STRIDE} numbers for each, or {@link INTENSITY_STRIDE}. */
export const SUMS = {
  label: 0,
  /** First row and column, and those after the last. */
  bbox: 1,
  /** 4 × 4 raw moments of the mask, about the corner of the bounding box. */
  moments: 5,
  /** With an intensity image, here and below. */
  min: 21,
  max: 22,
  /** The sum of the squares of the differences from the mean. */
  deviations: 23,
  /** 4 × 4 raw moments of the intensities, about the corner of the bounding box. */
  weighted: 24,
} as const;

/** Numbers to a region without an intensity image. */
export const STRIDE: number = SUMS.min;
/** Numbers to a region with one. */
export const INTENSITY_STRIDE: number = SUMS.weighted + 16;

/**
 * What an image has to be passed through for, of all regions: boxes, moments, sums of intensities.
 *
 * @param labels integers; 0 and what is below is no region.
 * @param intensity one channel of the same size, or `null`.
 * @returns the numbers of one region after the other, ascending by label.
 */
export function regionSums(labels: Image, intensity: Image | null): Float64Array {
  const { data, width } = labels;
  const stride = intensity ? INTENSITY_STRIDE : STRIDE;
  const found = [...new Set<number>(data)].filter((label) => label > 0).sort((a, b) => a - b);
  const sums = new Float64Array(stride * found.length);
  const numbersOf = new Map(found.map((label, i) => [label, sums.subarray(i * stride, (i + 1) * stride)]));
  const each = (visit: (of: Float64Array, row: number, column: number, sample: number) => void): void => {
    for (let i = 0; i < data.length; i++) {
      const of = numbersOf.get(data[i]!);
      if (of) visit(of, Math.floor(i / width), i % width, intensity ? intensity.data[i]! : 0);
    }
  };
  for (const [label, of] of numbersOf) {
    of.set([label, Infinity, Infinity, 0, 0]);
    if (intensity) of.set([Infinity, -Infinity], SUMS.min);
  }
  each((of, row, column) => {
    of[1] = Math.min(of[1]!, row);
    of[2] = Math.min(of[2]!, column);
    of[3] = Math.max(of[3]!, row + 1);
    of[4] = Math.max(of[4]!, column + 1);
  });
  each((of, row, column, sample) => {
    const [r, c] = [row - of[1]!, column - of[2]!];
    for (let p = 0; p < 4; p++) {
      for (let q = 0; q < 4; q++) {
        of[SUMS.moments + 4 * p + q]! += r ** p * c ** q;
        if (intensity) of[SUMS.weighted + 4 * p + q]! += sample * c ** q * r ** p;
      }
    }
    if (!intensity) return;
    of[SUMS.min] = Math.min(of[SUMS.min]!, sample);
    of[SUMS.max] = Math.max(of[SUMS.max]!, sample);
  });
  if (intensity) {
    each((of, _row, _column, sample) => {
      of[SUMS.deviations]! += (sample - of[SUMS.weighted]! / of[SUMS.moments]!) ** 2;
    });
  }
  return sums;
}

/** The images of intensities to sum up one by one, each of one channel: `null` for none. */
export function intensitiesOf(intensity: Image | null | undefined): readonly (Image | null)[] {
  if (!intensity) return [null];
  const { channels, data, dtype, height, width } = intensity;
  if (channels === 1) return [intensity];
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new SAMPLE_ARRAYS[dtype](width * height);
    for (let i = 0; i < samples.length; i++) samples[i] = data[i * channels + channel]!;
    return new Image(samples, { width, height });
  });
}
