// A sample in 16 bits.
struct ImgAsUint {
  // Bits that integers lose.
  shift: u32,
}

fn img_as_uint(x: u32, dtype: u32, options: ImgAsUint) -> u32 {
  if (dtype == F32) {
    return u32(clamp(round(bitcast<f32>(x) * 65535.0), 0.0, 65535.0));
  }
  if (dtype == I32) {
    return u32(max(bitcast<i32>(x), 0)) >> options.shift;
  }
  return select(x, x * 257u, dtype == U8);
}
