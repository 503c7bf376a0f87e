// 1 where a sample is above a threshold, else 0. The threshold comes as an order key for floats and as a level for
// integers, so that the comparison is exact; NaN is not greater than anything.
struct Greater {
  threshold: u32,
  // 0 compares, 1 is never greater, 2 is always greater (but for NaN).
  verdict: u32,
}

fn greater(x: u32, dtype: u32, options: Greater) -> u32 {
  if (dtype == F32 && is_nan(x)) {
    return 0u;
  }
  if (options.verdict != 0u) {
    return select(0u, 1u, options.verdict == 2u);
  }
  if (dtype == F32) {
    return select(0u, 1u, order(x) > options.threshold);
  }
  return select(0u, 1u, bitcast<i32>(x) > bitcast<i32>(options.threshold));
}
