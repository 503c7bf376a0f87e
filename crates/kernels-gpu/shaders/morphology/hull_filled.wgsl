// A mask of some columns of each row, four pixels to a word.
struct Params {
  width: u32,
  // The first pixel, and how many there are.
  first: u32,
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// For each row the first column and the one after the last.
@group(0) @binding(1) var<storage, read> columns: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read_write> mask: array<u32>;

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
  for (var k = 0u; k < 4u && 4u * word + k < params.count; k++) {
    let pixel = params.first + 4u * word + k;
    let ends = columns[pixel / params.width];
    let column = pixel % params.width;
    if (column >= ends.x && column < ends.y) {
      bits |= 1u << (8u * k);
    }
  }
  mask[word] = bits;
}
