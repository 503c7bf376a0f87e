import type { Samples } from "../image.ts";

/** What the metrics of two images are made of; backends add up, the metrics are worked out in one place. */
export interface Comparison {
  /** Mean of the squared differences. */
  readonly error: number;
  /** Mean of the squared samples of the first image. */
  readonly square: number;
  /** Mean of the samples of the first image. */
  readonly mean: number;
  /** Least sample of the first image. */
  readonly least: number;
  /** Greatest sample of the first image. */
  readonly greatest: number;
}

/** Adds up in 64 bits. */
export function comparisonOf(first: Samples, second: Samples): Comparison {
  let [error, square, mean, least, greatest] = [0, 0, 0, Infinity, -Infinity];
  for (let i = 0; i < first.length; i++) {
    const sample = first[i]!;
    error += (sample - second[i]!) ** 2;
    square += sample * sample;
    mean += sample;
    if (sample < least) least = sample;
    if (sample > greatest) greatest = sample;
  }
  const count = first.length;
  return { error: error / count, square: square / count, mean: mean / count, least, greatest };
}

/** A metric that is worked out from the comparison of two images. */
export interface ComparisonMetric {
  /** The operation's name, for messages. */
  readonly operation: string;
  readonly judge: (comparison: Comparison) => number;
}
