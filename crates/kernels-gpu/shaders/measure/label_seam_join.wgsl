// Third step across tiles: equal neighbours on both sides of a seam are one set.
struct Params {
  width: u32,
  // Pixels of a tile.
  tile: u32,
  // The first pixels of all tiles but the first.
  count: u32,
  connectivity: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> classes: array<u32>;

fn join(one: u32, other: u32) {
  if (classes[one] == classes[other] && atomicLoad(&forest[other]) != NONE) {
    unite(one, other);
  }
}

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
  // One pixel more than a row on either side of a seam.
  let side = params.width + 1u;
  let seam = i / side;
  let place = (2u * seam + 1u) * side + i % side;
  if (atomicLoad(&forest[place]) == NONE) {
    return;
  }
  let x = ((seam + 1u) * params.tile + i % side) % params.width;
  if (x > 0u && i % side == 0u) {
    join(place, place - 1u);
  }
  join(place, place - params.width);
  if (params.connectivity == 1u) {
    return;
  }
  if (x > 0u) {
    join(place, place - params.width - 1u);
  }
  if (x + 1u < params.width) {
    join(place, place - params.width + 1u);
  }
}
