// Colours by the rank of a label, laid over a grey or colour image.
struct Params {
  pixels: u32,
  least: i32,
  span: u32,
  background: i32,
  // 0 when no label can be the background.
  has_background: u32,
  // Number of colours, without the background's at place 0 of the table.
  colors: u32,
  // 1 when the background is painted, 0 when the image shows through.
  paint_background: u32,
  alpha: f32,
  image_alpha: f32,
  saturation: f32,
  image_scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> underlay: array<u32>;
@group(0) @binding(3) var<storage, read> ranks: array<u32>;
@group(0) @binding(4) var<storage, read> palette: array<f32>;
@group(0) @binding(5) var<storage, read_write> overlay: array<f32>;

// The underlay's dtype as DTYPE, and its channels: 0 for none, 1 for grey, 3 for RGB.
override UNDERLAY: u32 = 3u;
override CHANNELS: u32 = 0u;
// Whether labels are their own ranks: 0 for the background, then 1, 2, 3…
override NUMBERED: bool = false;

fn intensity(i: u32) -> f32 {
  var value: f32;
  if (UNDERLAY == 0u) {
    value = f32((underlay[i >> 2u] >> ((i & 3u) * 8u)) & 0xffu);
  } else if (UNDERLAY == 1u) {
    value = f32((underlay[i >> 1u] >> ((i & 1u) * 16u)) & 0xffffu);
  } else if (UNDERLAY == 2u) {
    value = f32(bitcast<i32>(underlay[i]));
  } else {
    value = bitcast<f32>(underlay[i]);
  }
  return value * params.image_scale;
}

// The image under the labels. Scaling the saturation of hue, saturation and value moves each channel towards the
// greatest one in proportion, so there is no need to go through HSV.
fn base(i: u32) -> vec3<f32> {
  if (CHANNELS == 0u) {
    return vec3(0.0);
  }
  if (CHANNELS == 1u) {
    return over_white(vec3(intensity(i)));
  }
  if (UNDERLAY == 3u) {
    let bits = vec3(underlay[3u * i], underlay[3u * i + 1u], underlay[3u * i + 2u]);
    if (is_nan(bits.r) || is_nan(bits.g) || is_nan(bits.b)) {
      return over_white(vec3(0.0));
    }
    if (any(bits == vec3(0x7f800000u))) {
      return over_white(vec3(bitcast<f32>(0x7f800000u + (params.pixels & 0u))));
    }
  }
  let rgb = vec3(intensity(3u * i), intensity(3u * i + 1u), intensity(3u * i + 2u));
  let value = vec3(max(rgb.r, max(rgb.g, rgb.b)));
  return over_white(value - (value - rgb) * params.saturation);
}

fn over_white(rgb: vec3<f32>) -> vec3<f32> {
  return rgb * params.image_alpha + (1.0 - params.image_alpha);
}

fn rank(i: u32) -> u32 {
  let label = source_level(i);
  if (params.has_background == 1u && label == params.background) {
    return 0u;
  }
  if (NUMBERED) {
    return u32(max(label, 0));
  }
  return ranks[min(bitcast<u32>(label - params.least), params.span - 1u)];
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.pixels) {
    return;
  }
  var rgb = base(i);
  let place = rank(i);
  if (place != 0u || params.paint_background == 1u) {
    var c = 0u;
    if (place != 0u) {
      c = 3u * (1u + (place - 1u) % params.colors);
    }
    let color = vec3(palette[c], palette[c + 1u], palette[c + 2u]);
    rgb = color * params.alpha + rgb * (1.0 - params.alpha);
  }
  overlay[3u * i] = rgb.r;
  overlay[3u * i + 1u] = rgb.g;
  overlay[3u * i + 2u] = rgb.b;
}
