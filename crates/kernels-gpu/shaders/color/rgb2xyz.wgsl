// CIE XYZ of sRGB.
struct Rgb2xyz {
  scale: f32,
}

fn rgb2xyz(x: vec3<u32>, dtype: u32, options: Rgb2xyz) -> vec3<u32> {
  if (has_nan(x, dtype)) {
    return vec3(NAN);
  }
  return bitcast<vec3<u32>>(xyz_of_rgb(numbers(x, dtype) * options.scale));
}
