// The label of the marker that each pixel was reached from.
struct Params {
  width: u32,
  height: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> roots: array<u32>;
@group(0) @binding(3) var<storage, read_write> regions: array<u32>;

// Of what was not reached.
const NONE: u32 = 0xffffffffu;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.width * params.height) {
    return;
  }
  var label = 0u;
  if (roots[i] != NONE) {
    label = labels[roots[i]];
  }
  regions[i] = label;
}
