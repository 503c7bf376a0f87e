import type { Image } from "../image.ts";
import { correlate } from "./blur.ts";
import type { WindowSize } from "./window-size.ts";

/** Mean and standard deviation of the window about each pixel, by the mirrored border, in 64 bits. */
export function windowMoments(
  image: Image,
  [rows, columns]: WindowSize,
): { mean: Float64Array; deviation: Float64Array } {
  const { width, height } = image;
  const average = (samples: Float64Array): Float64Array => {
    const weights = (side: number): Float64Array => new Float64Array(side).fill(1 / side);
    const down = correlate(samples, { lines: 1, length: height, samples: width }, weights(rows), "mirror", 0);
    return correlate(down, { lines: height, length: width, samples: 1 }, weights(columns), "mirror", 0);
  };
  // From one of the samples, so that what all samples have in common does not drown their differences.
  const pivot = pivotOf(image);
  const samples = Float64Array.from(image.data, (sample) => sample - pivot);
  const mean = average(samples);
  const deviation = average(samples.map((sample) => sample * sample)).map((square, i) =>
    Math.sqrt(Math.max(square - mean[i]! * mean[i]!, 0)),
  );
  return { mean: mean.map((value) => value + pivot), deviation };
}

/** The first finite sample, or 0. */
function pivotOf({ data }: Image): number {
  for (const sample of data) if (Number.isFinite(sample)) return sample;
  return 0;
}
