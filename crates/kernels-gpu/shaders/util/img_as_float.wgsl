// Samples as intensities.
struct ImgAsFloat {
  scale: f32,
}

fn img_as_float(x: u32, dtype: u32, options: ImgAsFloat) -> u32 {
  // A float keeps its bits, NaN's and those of numbers too small to compute with among them.
  if (dtype == F32) {
    return x;
  }
  return bitcast<u32>(number(x, dtype) * options.scale);
}
