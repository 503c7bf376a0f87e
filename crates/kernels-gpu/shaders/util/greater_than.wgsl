// 1 where a sample is above the threshold at its place, else 0, four pixels to an invocation. Any dtypes are compared exactly; NaN is
// not greater than anything, nor anything than NaN.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read> thresholds: array<u32>;
@group(0) @binding(3) var<storage, read_write> mask: array<u32>;

override DTYPE: u32 = 3u;
// That of the thresholds.
override THRESHOLDS: u32 = 3u;

// 1 where a float, by its bits and no NaN, is above a level, -1 where it is below, and 0 where they are equal. Not all levels are
// floats, so the whole parts are compared first.
fn side_of(bits: u32, level: i32) -> i32 {
  let key = order(bits);
  if (key >= order(0x4f000000u)) {
    return 1;
  }
  if (key < order(0xcf000000u)) {
    return -1;
  }
  let whole = i32(bitcast<f32>(bits));
  if (whole != level) {
    return select(-1, 1, whole > level);
  }
  let whole_key = order(bitcast<u32>(f32(whole)));
  return select(select(0, -1, key < whole_key), 1, key > whole_key);
}

fn is_above(sample: u32, threshold: u32) -> bool {
  if ((DTYPE == F32 && is_nan(sample)) || (THRESHOLDS == F32 && is_nan(threshold))) {
    return false;
  }
  if (DTYPE == F32 && THRESHOLDS == F32) {
    return order(sample) > order(threshold);
  }
  if (DTYPE == F32) {
    return side_of(sample, bitcast<i32>(threshold)) > 0;
  }
  if (THRESHOLDS == F32) {
    return side_of(threshold, bitcast<i32>(sample)) < 0;
  }
  return bitcast<i32>(sample) > bitcast<i32>(threshold);
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (4u * place >= params.count) {
    return;
  }
  var bits = 0u;
  for (var k = 0u; k < 4u; k++) {
    let i = 4u * place + k;
    if (i < params.count) {
      let sample = sample_in(source[word_of(i, DTYPE)], i, DTYPE);
      let threshold = sample_in(thresholds[word_of(i, THRESHOLDS)], i, THRESHOLDS);
      bits |= select(0u, 1u, is_above(sample, threshold)) << (8u * k);
    }
  }
  mask[place] = bits;
}
