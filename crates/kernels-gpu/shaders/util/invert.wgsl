// The range of a sample turned over: for integers of any width the complement of the bits, which is the difference from
// the greatest sample, or from -1 where there is a sign.
struct Invert {
  // 0 takes floats from 1, 1 changes their sign.
  signed_float: u32,
}

fn invert(x: u32, dtype: u32, options: Invert) -> u32 {
  if (dtype == U8) {
    return x ^ 0xffu;
  }
  if (dtype == U16) {
    return x ^ 0xffffu;
  }
  if (dtype == I32) {
    return ~x;
  }
  if (options.signed_float != 0u) {
    return x ^ 0x80000000u;
  }
  if (is_nan(x)) {
    return x;
  }
  return bitcast<u32>(1.0 - bitcast<f32>(x));
}
