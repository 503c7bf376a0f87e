import type { Samples } from "../image.ts";

/** What metrics relate an error to, of the samples of an image. */
export interface Statistics {
  /** Mean of the squares. */
  readonly square: number;
  readonly mean: number;
  readonly least: number;
  readonly greatest: number;
}

/** A metric of two images; backends add up, and here it is worked out. */
export interface ComparisonMetric {
  /** The operation's name, for messages. */
  readonly operation: string;
  /** Whether the statistics of the first image matter. */
  readonly usesFirst: boolean;
  /** From the mean of the squared differences and these statistics; `null` where they do not matter. */
  readonly judge: (error: number, first: Statistics | null) => number;
}

/** Adds up in 64 bits. */
export function compare({ usesFirst, judge }: ComparisonMetric, first: Samples, second: Samples): number {
  let error = 0;
  for (let i = 0; i < first.length; i++) error += (first[i]! - second[i]!) ** 2;
  return judge(error / first.length, usesFirst ? statisticsOf(first) : null);
}

function statisticsOf(samples: Samples): Statistics {
  let [square, mean, least, greatest] = [0, 0, Infinity, -Infinity];
  for (const sample of samples) {
    square += sample * sample;
    mean += sample;
    if (sample < least) least = sample;
    if (sample > greatest) greatest = sample;
  }
  return { square: square / samples.length, mean: mean / samples.length, least, greatest };
}
