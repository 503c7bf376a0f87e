// RGB of hue in turns, saturation and value: A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978.
struct Hsv2rgb {
  scale: f32,
}

fn hsv2rgb(x: vec3<u32>, dtype: u32, options: Hsv2rgb) -> vec3<u32> {
  let hsv = numbers(x, dtype) * options.scale;
  let whole = floor(hsv.x * 6.0);
  let fraction = hsv.x * 6.0 - whole;
  let value = hsv.z;
  let least = value * (1.0 - hsv.y);
  let falling = value * (1.0 - fraction * hsv.y);
  let rising = value * (1.0 - (1.0 - fraction) * hsv.y);
  var rgb = vec3(value, rising, least);
  switch (i32(whole - 6.0 * floor(whole / 6.0))) {
    case 1: {
      rgb = vec3(falling, value, least);
    }
    case 2: {
      rgb = vec3(least, value, rising);
    }
    case 3: {
      rgb = vec3(least, falling, value);
    }
    case 4: {
      rgb = vec3(rising, least, value);
    }
    case 5: {
      rgb = vec3(value, least, falling);
    }
    default: {
    }
  }
  return bitcast<vec3<u32>>(rgb);
}
