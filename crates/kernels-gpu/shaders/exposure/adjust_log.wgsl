// The logarithm of a sample and 1, or its inverse, times a gain.
struct AdjustLog {
  gain: f32,
  // 1: the inverse.
  inv: u32,
}

fn adjust_log(x: u32, dtype: u32, options: AdjustLog) -> u32 {
  if (is_nan(x)) {
    return x;
  }
  if (x == INFINITY) {
    return infinite(options.gain);
  }
  let sample = bitcast<f32>(x);
  let adjusted = select(log2(1.0 + sample), exp2(sample) - 1.0, options.inv == 1u);
  return bitcast<u32>(adjusted * options.gain);
}
