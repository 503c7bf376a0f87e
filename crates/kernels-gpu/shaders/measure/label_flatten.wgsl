// Second and fourth step: each pixel points to its root.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.count || atomicLoad(&forest[i]) == NONE) {
    return;
  }
  atomicMin(&forest[i], root(i));
}
