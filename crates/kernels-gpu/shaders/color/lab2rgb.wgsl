// sRGB, cut to [0, 1], of CIE L*a*b*.
struct Lab2rgb {
  scale: f32,
  white_x: f32,
  white_y: f32,
  white_z: f32,
}

fn lab2rgb(x: vec3<u32>, dtype: u32, options: Lab2rgb) -> vec3<u32> {
  if (has_nan(x, dtype)) {
    return vec3(NAN);
  }
  let lab = numbers(x, dtype) * options.scale;
  let y = (lab.x + 16.0) / 116.0;
  let response = vec3(y + lab.y / 500.0, y, max(y - lab.z / 200.0, 0.0));
  let cube = response * response * response;
  let light = select((response - 16.0 / 116.0) / 7.787, cube, response > vec3(0.2068966));
  let white = vec3(options.white_x, options.white_y, options.white_z);
  return rgb_of_xyz(light * white);
}
