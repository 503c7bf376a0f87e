// From parents to those of parents, until each pixel has the marker's that it was reached from.
struct Params {
  width: u32,
  height: u32,
  // From 0 on.
  round: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read_write> parents: array<atomic<u32>>;
@group(0) @binding(2) var<storage, read_write> latest: array<atomic<u32>>;

// Of what was not reached.
const NONE: u32 = 0xffffffffu;

// By each of them a pixel gets as far as others got before.
const HOPS: u32 = 8u;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.width * params.height || is_settled()) {
    return;
  }
  let parent = atomicLoad(&parents[i]);
  if (parent == NONE) {
    return;
  }
  var above = parent;
  for (var hop = 0u; hop < HOPS; hop++) {
    above = atomicLoad(&parents[above]);
  }
  if (above != parent) {
    atomicStore(&parents[i], above);
    note_change();
  }
}
