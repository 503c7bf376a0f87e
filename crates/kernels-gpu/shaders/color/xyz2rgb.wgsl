// sRGB of CIE XYZ, cut to [0, 1].
struct Xyz2rgb {
  scale: f32,
}

fn xyz2rgb(x: vec3<u32>, dtype: u32, options: Xyz2rgb) -> vec3<u32> {
  if (has_nan(x, dtype)) {
    return vec3(NAN);
  }
  return rgb_of_xyz(numbers(x, dtype) * options.scale);
}
