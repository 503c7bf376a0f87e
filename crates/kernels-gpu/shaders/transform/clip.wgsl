// Results, clipped to the range of the image that they were made from. If the constant beyond the edges joins, it belongs to
// the range where results reach it.
struct Params {
  count: u32,
  // 1 if the constant may belong to the range.
  joins: u32,
  cval: f32,
  // From the image's samples to results.
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Keys of the least and the greatest, of the image and of the results.
@group(0) @binding(1) var<storage, read> image_range: array<u32>;
@group(0) @binding(2) var<storage, read> results_range: array<u32>;
@group(0) @binding(3) var<storage, read_write> results: array<f32>;

// Of the image, as in `sample.wgsl`.
override DTYPE: u32 = 3u;

fn float_of(key: u32) -> f32 {
  return bitcast<f32>(select(~key, key & 0x7fffffffu, (key & 0x80000000u) != 0u));
}

fn number_of(key: u32) -> f32 {
  if (DTYPE == 3u) {
    return float_of(key);
  }
  return f32(bitcast<i32>(key ^ 0x80000000u)) * params.scale;
}

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
  var least = number_of(image_range[0]);
  var greatest = number_of(image_range[1]);
  let low = float_of(results_range[0]);
  let high = float_of(results_range[1]);
  if (params.joins == 1u && params.cval >= low && params.cval <= high) {
    least = min(least, params.cval);
    greatest = max(greatest, params.cval);
  }
  let result = results[i];
  // NaN is neither.
  if (result < least) {
    results[i] = least;
  } else if (result > greatest) {
    results[i] = greatest;
  }
}
