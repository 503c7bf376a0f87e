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
  var sextant = 0.0;
  var way = rgb.g - rgb.b;
  if (rgb.g == value) {
    sextant = 2.0;
    way = rgb.b - rgb.r;
  }
  if (rgb.b == value) {
    sextant = 4.0;
    way = rgb.r - rgb.g;
  }
  if (!is_finite(range)) {
    // An infinite way in an infinite range is none, nor is an infinite share of an infinite value.
    let share = select(INFINITY, 0xff800000u, value < 0.0);
    return vec3(
      select(0u, bitcast<u32>(sextant / 6.0), is_finite(way)),
      select(0u, share, is_finite(value)),
      bitcast<u32>(value),
    );
  }
  let turns = (sextant + way / range) / 6.0;
  // Of black beside negative channels it is infinite.
  let saturation = select(bitcast<u32>(range / value), INFINITY, value == 0.0);
  return vec3(bitcast<u32>(turns - floor(turns)), saturation, bitcast<u32>(value));
}
