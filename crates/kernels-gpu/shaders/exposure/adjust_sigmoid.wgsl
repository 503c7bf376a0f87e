// A sample on a sigmoid curve.
struct AdjustSigmoid {
  cutoff: f32,
  gain: f32,
  // 1: taken from 1.
  inv: u32,
}

fn adjust_sigmoid(x: u32, dtype: u32, options: AdjustSigmoid) -> u32 {
  if (is_nan(x)) {
    return x;
  }
  if (x == INFINITY && options.gain == 0.0) {
    return NAN;
  }
  // Where the curve is flat for 32 bits it ends: what is beyond has no exponential.
  let before = options.cutoff - min(bitcast<f32>(x), 1e30);
  let steps = clamp(options.gain * before, -80.0, 80.0);
  let share = 1.0 / (1.0 + exp(steps));
  return bitcast<u32>(select(share, 1.0 - share, options.inv == 1u));
}
