// A mask of the samples above a threshold, four pixels to a word. The threshold comes as an order key for floats and as
// a level for integers, so that the comparison is exact; NaN is not greater than anything.
struct Params {
  count: u32,
  threshold: u32,
  // 0 compares, 1 is never greater, 2 is always greater (but for NaN).
  verdict: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> mask: array<u32>;

fn greater(i: u32) -> bool {
  if (DTYPE == 3u && is_nan(source[i])) {
    return false;
  }
  if (params.verdict != 0u) {
    return params.verdict == 2u;
  }
  if (DTYPE == 3u) {
    return order(source[i]) > params.threshold;
  }
  return source_level(i) > bitcast<i32>(params.threshold);
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let word = line(group, groups) * 256u + local;
  if (word >= (params.count + 3u) / 4u) {
    return;
  }
  var bits = 0u;
  for (var k = 0u; k < 4u; k++) {
    let i = 4u * word + k;
    if (i < params.count && greater(i)) {
      bits |= 1u << (8u * k);
    }
  }
  mask[word] = bits;
}
