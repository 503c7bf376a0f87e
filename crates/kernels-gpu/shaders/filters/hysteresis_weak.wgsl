// What one mask has where there is a threshold, and all that another one has; four pixels to a word.
struct Params {
  words: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> one: array<u32>;
@group(0) @binding(2) var<storage, read> other: array<u32>;
// Floats, of which NaN is no threshold.
@group(0) @binding(3) var<storage, read> thresholds: array<u32>;
@group(0) @binding(4) var<storage, read_write> mask: array<u32>;

// Whether there is a threshold for each pixel.
override EACH: bool = false;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.words) {
    return;
  }
  var bits = one[i];
  if (EACH) {
    for (var k = 0u; k < 4u; k++) {
      bits &= ~(u32(is_nan(thresholds[4u * i + k])) << (8u * k));
    }
  }
  mask[i] = bits | other[i];
}
