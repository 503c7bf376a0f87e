// Colours with another value of HSV. Hue and saturation stay where channels are scaled alike, so there is no need to go through HSV.
struct Params {
  pixels: u32,
  channels: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> values: array<f32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

fn with_value(color: vec3<f32>, value: f32) -> vec3<u32> {
  let greatest = max(max(color.r, color.g), color.b);
  if (greatest != 0.0) {
    return bitcast<vec3<u32>>(color / greatest * value);
  }
  let black = color == vec3(0.0);
  if (all(black)) {
    return vec3(bitcast<u32>(value));
  }
  // Beside negative channels the saturation is infinite, and of two channels that are greatest the one before the other is no number.
  let greatest_ones = select(vec3(bitcast<u32>(value)), vec3(NAN), black.yzx);
  return select(vec3(infinite(-value)), greatest_ones, black);
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
  let first = i * params.channels;
  let color = vec3(source_value(first), source_value(first + 1u), source_value(first + 2u));
  let rgb = with_value(color, values[i]);
  result[3u * i] = rgb.x;
  result[3u * i + 1u] = rgb.y;
  result[3u * i + 2u] = rgb.z;
}
