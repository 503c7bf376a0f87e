// An image with opacity over a background, cut to [0, 1].
struct Rgba2rgb {
  scale: f32,
  red: f32,
  green: f32,
  blue: f32,
}

fn rgba2rgb(x: vec4<u32>, dtype: u32, options: Rgba2rgb) -> vec3<u32> {
  let color = numbers(x.xyz, dtype) * options.scale;
  let opacity = number(x.w, dtype) * options.scale;
  let background = vec3(options.red, options.green, options.blue);
  let blend = bitcast<vec3<u32>>((1.0 - opacity) * background + opacity * color);
  let cut = bitcast<vec3<u32>>(clamp(bitcast<vec3<f32>>(blend), vec3(0.0), vec3(1.0)));
  // NaN stays, of a channel in that channel, and where infinities make it.
  let opacity_is_nan = dtype == F32 && is_nan(x.w);
  return vec3(
    select(cut.x, NAN, opacity_is_nan || is_nan(blend.x) || (dtype == F32 && is_nan(x.x))),
    select(cut.y, NAN, opacity_is_nan || is_nan(blend.y) || (dtype == F32 && is_nan(x.y))),
    select(cut.z, NAN, opacity_is_nan || is_nan(blend.z) || (dtype == F32 && is_nan(x.z))),
  );
}
