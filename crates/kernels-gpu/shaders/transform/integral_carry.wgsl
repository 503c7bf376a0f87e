// For each strip what those before it add up to, column by column, in place.
struct Params {
  width: u32,
  strips: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read_write> strips: array<Wide>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let x = line(group, groups) * 256u + local;
  if (x >= params.width) {
    return;
  }
  var before = Wide();
  for (var strip = 0u; strip < params.strips; strip++) {
    let own = strips[strip * params.width + x];
    strips[strip * params.width + x] = before;
    before = wide_sum(before, own);
  }
}
