/** Whether two libraries compute the same thing. */
export type Verdict =
  /** No sample differs by more than a level of 8 bits. */
  | "same"
  /** Samples differ by less than a hundredth on average, or fewer than a hundredth of the regions' pixels do. */
  | "close"
  /** No comparison: something else is computed. */
  | "other";

/** How far one result is from another, in shares of the largest magnitude of the latter. */
export interface Deviation {
  readonly verdict: Verdict;
  /** `null` where the results are of different sizes. */
  readonly largest: number | null;
  readonly mean: number | null;
}

const LEVEL = 1 / 255;
const CLOSE = 0.01;
/** What rounding adds to a level. */
const HAIR = 1e-6;

/** How far a peer's samples are from ours. Of numbers of regions it counts which pixels differ. */
export function deviationOf(theirs: Float64Array, ours: Float64Array, regions = false): Deviation {
  if (theirs.length !== ours.length) return { verdict: "other", largest: null, mean: null };
  const [a, b] = regions ? [renumbered(theirs), renumbered(ours)] : [theirs, ours];
  const scale = regions ? 1 : b.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  let [largest, sum] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const difference = regions ? Number(a[i] !== b[i]) : Math.abs(a[i]! - b[i]!) / scale;
    // What is no number in both is the same; in one of them, it is as far as can be.
    const counted = Number.isNaN(difference) ? Number(Number.isNaN(a[i]) !== Number.isNaN(b[i])) : difference;
    largest = Math.max(largest, counted);
    sum += counted;
  }
  const mean = sum / a.length;
  return { verdict: verdictOf(largest, mean), largest, mean };
}

function verdictOf(largest: number, mean: number): Verdict {
  if (largest <= LEVEL + HAIR) return "same";
  return mean <= CLOSE ? "close" : "other";
}

/** Regions numbered in the order in which they come up, the background as it is. */
function renumbered(numbers: Float64Array): Float64Array {
  const order = new Map([[0, 0]]);
  return numbers.map((number) => {
    let place = order.get(number);
    if (place === undefined) order.set(number, (place = order.size));
    return place;
  });
}
