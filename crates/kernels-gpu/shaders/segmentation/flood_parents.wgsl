// Which neighbour reaches a pixel, where only one can be the first.
struct Params {
  width: u32,
  height: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(3) var<storage, read_write> parents: array<u32>;

// Of what is reached; a marker is its own.
fn parent(i: u32) -> u32 {
  if (steps[i] == 0u) {
    return i;
  }
  let row = i / params.width;
  let column = i % params.width;
  let first = first_neighbour(row, column);
  for (var k = 0u; k < NUMBERS; k++) {
    let j = neighbour(row, column, k);
    if (j != NOWHERE && j != first && !comes_before(first, j)) {
      return NONE;
    }
  }
  return first;
}

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
  parents[i] = NONE;
  if (levels[i] != NONE) {
    parents[i] = parent(i);
  }
}
