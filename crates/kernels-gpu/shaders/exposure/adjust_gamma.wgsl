// A sample to a power, times a gain.
struct AdjustGamma {
  gamma: f32,
  gain: f32,
}

fn adjust_gamma(x: u32, dtype: u32, options: AdjustGamma) -> u32 {
  // Anything to the power of 0 is 1, NaN too.
  if (options.gamma == 0.0) {
    return bitcast<u32>(options.gain);
  }
  if (is_nan(x)) {
    return x;
  }
  if (x == INFINITY) {
    return infinite(options.gain);
  }
  let sample = bitcast<f32>(x);
  return bitcast<u32>(select(pow(sample, options.gamma) * options.gain, 0.0, sample == 0.0));
}
