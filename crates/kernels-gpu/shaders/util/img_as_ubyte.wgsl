// A sample in 8 bits.
struct ImgAsUbyte {
  // Bits that integers lose.
  shift: u32,
}

fn img_as_ubyte(x: u32, dtype: u32, options: ImgAsUbyte) -> u32 {
  if (dtype == F32) {
    return u32(clamp(round(bitcast<f32>(x) * 255.0), 0.0, 255.0));
  }
  if (dtype == I32) {
    return u32(max(bitcast<i32>(x), 0)) >> options.shift;
  }
  return x >> options.shift;
}
