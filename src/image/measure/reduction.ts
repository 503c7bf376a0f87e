import type { DType } from "../image.ts";
import { floatDType } from "../intensity.ts";

/** What several samples become one by, as NumPy's functions of these names do it; a NaN among them is what comes out. */
export type Reduction = "sum" | "mean" | "median" | "min" | "max";

/** The functions by name. */
export const REDUCTIONS: Readonly<Record<Reduction, (samples: Float64Array) => number>> = {
  sum,
  mean: (samples) => sum(samples) / samples.length,
  median: (samples) => {
    const sorted = samples.toSorted();
    const [below, above] = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
    // NaN is sorted behind all numbers.
    return Number.isNaN(sorted.at(-1)) ? Number.NaN : (below + above) / 2;
  },
  min: (samples) => samples.reduce((least, sample) => Math.min(least, sample)),
  max: (samples) => samples.reduce((greatest, sample) => Math.max(greatest, sample)),
};

/** The names of all. */
export const REDUCTION_NAMES: readonly Reduction[] = Object.keys(REDUCTIONS) as Reduction[];

/** The dtype of what samples are reduced to: sums need 64 bits, the least and the greatest are samples. */
export function reducedDType(reduction: Reduction, dtype: DType): DType {
  if (reduction === "sum") return "float64";
  return reduction === "min" || reduction === "max" ? dtype : floatDType(dtype);
}

function sum(samples: Float64Array): number {
  return samples.reduce((total, sample) => total + sample, 0);
}
