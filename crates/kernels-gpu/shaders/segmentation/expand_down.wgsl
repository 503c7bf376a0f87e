// For each pixel how many rows away the nearest label in its column is, the upper of two.
struct Params {
  width: u32,
  height: u32,
  // Rows to look at, above and below.
  reach: i32,
  // The rows to do, and the first words of what is bound of labels and distances.
  top: u32,
  rows: u32,
  first_word: u32,
  nearest_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> nearest: array<i32>;

// No label within reach.
const NONE: i32 = 0x7fffffff;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.width * params.rows) {
    return;
  }
  let i = params.top * params.width + place;
  let y = i32(i / params.width);
  let x = i % params.width;
  for (var away = 0; away <= params.reach; away++) {
    if (away <= y && source_level(u32(y - away) * params.width + x) != 0) {
      nearest[i - params.nearest_first] = -away;
      return;
    }
    if (y + away < i32(params.height) && source_level(u32(y + away) * params.width + x) != 0) {
      nearest[i - params.nearest_first] = away;
      return;
    }
  }
  nearest[i - params.nearest_first] = NONE;
}
