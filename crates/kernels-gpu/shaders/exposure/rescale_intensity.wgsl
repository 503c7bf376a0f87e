// A sample from one range to another, NumPy's steps one by one.
struct RescaleIntensity {
  least: f32,
  greatest: f32,
  base: f32,
  top: f32,
  // 0 is neither; 1 for a range of no width, which only cuts; 2 where a limit is NaN, and so all is.
  kind: u32,
}

fn rescale_intensity(x: u32, dtype: u32, options: RescaleIntensity) -> u32 {
  if (is_nan(x) || options.kind == 2u) {
    return NAN;
  }
  let sample = cut(bitcast<f32>(x), options.least, options.greatest);
  if (options.kind == 1u) {
    return bitcast<u32>(cut(sample, options.base, options.top));
  }
  let above = sample - options.least;
  // An infinite range has all that is finite at its begin.
  if (bitcast<u32>(options.greatest - options.least) == INFINITY) {
    return select(bitcast<u32>(options.base), NAN, (bitcast<u32>(above) & INFINITY) == INFINITY);
  }
  let span = options.greatest - options.least;
  return bitcast<u32>(above / span * (options.top - options.base) + options.base);
}

// Limits may come the wrong way round: the upper one has the last word.
fn cut(sample: f32, least: f32, greatest: f32) -> f32 {
  return min(max(sample, least), greatest);
}
