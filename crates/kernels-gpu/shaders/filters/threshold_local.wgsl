// What is made of windows, less a number.
struct ThresholdLocal {
  offset: f32,
}

fn threshold_local(x: u32, dtype: u32, options: ThresholdLocal) -> u32 {
  if (dtype == F32 && is_nan(x)) {
    return x;
  }
  return bitcast<u32>(number(x, dtype) - options.offset);
}
