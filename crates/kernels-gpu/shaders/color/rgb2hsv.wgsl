// Hue in turns, saturation and value: A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978.
struct Rgb2hsv {
  scale: f32,
}

fn rgb2hsv(x: vec3<u32>, dtype: u32, options: Rgb2hsv) -> vec3<u32> {
  if (has_nan(x, dtype)) {
    return vec3(0u);
  }
  let rgb = numbers(x, dtype) * options.scale;
  let value = max(max(rgb.r, rgb.g), rgb.b);
  let range = value - min(min(rgb.r, rgb.g), rgb.b);
  if (range == 0.0) {
    return bitcast<vec3<u32>>(vec3(0.0, 0.0, value));
  }
  var sextants = (rgb.g - rgb.b) / range;
  if (rgb.g == value) {
    sextants = 2.0 + (rgb.b - rgb.r) / range;
  }
  if (rgb.b == value) {
    sextants = 4.0 + (rgb.r - rgb.g) / range;
  }
  let turns = sextants / 6.0;
  // Of black beside negative channels it is infinite.
  let saturation = select(bitcast<u32>(range / value), INFINITY, value == 0.0);
  return vec3(bitcast<u32>(turns - floor(turns)), saturation, bitcast<u32>(value));
}
