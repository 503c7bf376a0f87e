// Samples as they are in 64 bits, or their negatives.
struct Params {
  // Pixels of the tile.
  count: u32,
  // The sign bit, to be changed, or 0.
  sign: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> result: array<vec2<u32>>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 64u + local;
  if (i >= params.count) {
    return;
  }
  var number: Double;
  if (DTYPE == 3u) {
    number = double_of_single(source_word(i));
  } else {
    number = double_of_level(source_level(i));
  }
  result[i] = vec2(number.x ^ params.sign, number.y);
}
