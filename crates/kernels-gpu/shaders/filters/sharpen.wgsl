// Each sample and some of its difference from the blurred one, cut to the range of intensities where asked.
struct Params {
  count: u32,
  clip: u32,
  scale: f32,
  amount: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> blurred: array<f32>;
// 1 where any sample of the image is below 0.
@group(0) @binding(3) var<storage, read> negative: array<u32>;
@group(0) @binding(4) var<storage, read_write> sharp: array<f32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.count) {
    return;
  }
  let sample = source_value(i) * params.scale;
  let value = sample + (sample - blurred[i]) * params.amount;
  // A NaN is no number to cut; drivers differ in what clamp makes of it.
  if (params.clip == 0u || is_nan(bitcast<u32>(value))) {
    sharp[i] = value;
  } else {
    sharp[i] = clamp(value, select(0.0, -1.0, negative[0] != 0u), 1.0);
  }
}
