/**
 * `numpy.interp`: the value at `x`, on straight lines between the values at ascending places; beyond these the first and the last value.
 */
export function interpolated(x: number, places: Float64Array, values: Float64Array): number {
  let [low, high] = [0, places.length - 1];
  if (x <= places[low]!) return values[low]!;
  if (x >= places[high]!) return values[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (places[middle]! <= x) low = middle;
    else high = middle;
  }
  // What lies on a place does not meet its neighbour, which may be infinite or NaN.
  if (x === places[low]) return values[low]!;
  const slope = (values[high]! - values[low]!) / (places[high]! - places[low]!);
  const value = slope * (x - places[low]!) + values[low]!;
  // Between infinities the other end may know better.
  return Number.isNaN(value) ? slope * (x - places[high]!) + values[high]! : value;
}

/** The place of the last of some ascending values that is not above a limit; 0 where all are. */
export function lastNotAbove(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (values[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
