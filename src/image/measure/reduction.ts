import type { DType } from "../image.ts";
import { floatDType } from "../intensity.ts";
import { display, type OptionReader } from "../options.ts";

/** What several samples become one by, as NumPy's functions of these names do it; a NaN among them is what comes out. */
export type Reduction = "sum" | "mean" | "median" | "min" | "max";

/** A function of one's own that makes a number of several samples, which it may keep. */
export type OwnReduction = (samples: Float64Array) => number;

/** What an option says that samples are reduced by. */
export interface ResolvedReduction {
  /** `null` for a function of the caller's. */
  readonly func: Reduction | null;
  readonly reduce: (samples: Float64Array) => number;
  /** Dtype of the result. */
  readonly dtype: DType;
}

/** Reads an option that is a name or a function. Throws `ERR_IMAGE_OPTION`, also later where a function gives no number. */
export function readReduction(read: OptionReader, name: string, fallback: Reduction, dtype: DType): ResolvedReduction {
  const own = read.value(name);
  if (typeof own !== "function") {
    const func = read.oneOf(name, fallback, REDUCTION_NAMES);
    return { func, reduce: REDUCTIONS[func], dtype: reducedDType(func, dtype) };
  }
  const reduce = (samples: Float64Array): number => {
    const number: unknown = own(samples.slice());
    if (typeof number === "number") return number;
    throw read.error(`option ${name} gives ${display(number)}; expected a number`);
  };
  return { func: null, reduce, dtype: "float64" };
}

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
const REDUCTION_NAMES: readonly Reduction[] = Object.keys(REDUCTIONS) as Reduction[];

/** The dtype of what samples are reduced to: sums need 64 bits, the least and the greatest are samples. */
export function reducedDType(reduction: Reduction, dtype: DType): DType {
  if (reduction === "sum") return "float64";
  return reduction === "min" || reduction === "max" ? dtype : floatDType(dtype);
}

function sum(samples: Float64Array): number {
  return samples.reduce((total, sample) => total + sample, 0);
}
