// Second step across tiles: places of the same tree are one set.
@group(0) @binding(1) var<storage, read> roots: array<u32>;
@group(0) @binding(3) var<storage, read> ranks: array<u32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  let place = params.first_place + i;
  if (i < params.count && atomicLoad(&forest[place]) != NONE) {
    unite(place, ranks[roots[place] - params.first] & ~TAG);
  }
}
