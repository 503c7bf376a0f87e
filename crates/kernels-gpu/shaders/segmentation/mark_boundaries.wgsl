// An image in RGB with boundaries painted in, by a mask of them.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of image, mask and result.
  top: u32,
  rows: u32,
  first_word: u32,
  mask_first: u32,
  marked_first: u32,
  // 1 where what is around boundaries is painted too.
  has_outline: u32,
  scale: f32,
  red: f32,
  green: f32,
  blue: f32,
  outline_red: f32,
  outline_green: f32,
  outline_blue: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> mask: array<u32>;
@group(0) @binding(3) var<storage, read_write> marked: array<f32>;

override CHANNELS: u32 = 1u;

fn is_boundary(i: u32) -> bool {
  return ((mask[(i >> 2u) - params.mask_first] >> ((i & 3u) * 8u)) & 0xffu) != 0u;
}

fn is_around(y: u32, x: u32) -> bool {
  for (var row = max(y, 1u) - 1u; row <= min(y + 1u, params.height - 1u); row++) {
    for (var column = max(x, 1u) - 1u; column <= min(x + 1u, params.width - 1u); column++) {
      if (is_boundary(row * params.width + column)) {
        return true;
      }
    }
  }
  return false;
}

fn color(i: u32) -> vec3<f32> {
  if (is_boundary(i)) {
    return vec3(params.red, params.green, params.blue);
  }
  if (params.has_outline == 1u && is_around(i / params.width, i % params.width)) {
    return vec3(params.outline_red, params.outline_green, params.outline_blue);
  }
  if (CHANNELS == 1u) {
    return vec3(source_value(i) * params.scale);
  }
  return vec3(source_value(3u * i), source_value(3u * i + 1u), source_value(3u * i + 2u)) * params.scale;
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.width * params.rows) {
    return;
  }
  let i = params.top * params.width + place;
  let rgb = color(i);
  let at = 3u * i - params.marked_first;
  marked[at] = rgb.r;
  marked[at + 1u] = rgb.g;
  marked[at + 2u] = rgb.b;
}
