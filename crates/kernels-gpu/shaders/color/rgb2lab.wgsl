// CIE L*a*b* of sRGB.
struct Rgb2lab {
  scale: f32,
  white_x: f32,
  white_y: f32,
  white_z: f32,
}

fn rgb2lab(x: vec3<u32>, dtype: u32, options: Rgb2lab) -> vec3<u32> {
  if (has_nan(x, dtype)) {
    return vec3(NAN);
  }
  let white = vec3(options.white_x, options.white_y, options.white_z);
  let light = xyz_of_rgb(numbers(x, dtype) * options.scale) / white;
  let root = pow(max(light, vec3(0.0)), vec3(1.0 / 3.0));
  let response = select(7.787 * light + 16.0 / 116.0, root, light > vec3(0.008856));
  let lightness = 116.0 * response.y - 16.0;
  let axes = vec2(500.0, 200.0) * (response.xy - response.yz);
  return bitcast<vec3<u32>>(vec3(lightness, axes));
}
