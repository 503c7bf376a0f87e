// Last step across tiles: each pixel takes its root's number, that of the set where the root is marked, the background 0.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> ranks: array<u32>;
@group(0) @binding(2) var<storage, read_write> labels: array<u32>;
@group(0) @binding(3) var<storage, read> sets: array<u32>;
@group(0) @binding(4) var<storage, read> numbers: array<u32>;

const TAG: u32 = 0x80000000u;

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
  let root = labels[i];
  if (root == 0xffffffffu) {
    labels[i] = 0u;
    return;
  }
  let rank = ranks[root & ~TAG];
  if ((rank & TAG) == 0u) {
    labels[i] = rank;
  } else {
    labels[i] = numbers[sets[rank & ~TAG]];
  }
}
