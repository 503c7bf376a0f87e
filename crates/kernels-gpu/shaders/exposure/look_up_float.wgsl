// What tables have for each float: one of levels and one of values, of which each list of samples has its part.
struct Params {
  count: u32,
  // Of all channels together, or of each.
  lists: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> source: array<u32>;
// Where the levels of each list begin, and where the last ones end.
@group(0) @binding(2) var<storage, read> starts: array<u32>;
@group(0) @binding(3) var<storage, read> levels: array<u32>;
@group(0) @binding(4) var<storage, read> values: array<u32>;
@group(0) @binding(5) var<storage, read_write> result: array<u32>;

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
  let key = key_of(source[i]);
  // Keys descend. The last level that is not above the sample, else the first.
  var low = starts[i % params.lists];
  var end = starts[i % params.lists + 1u];
  while (low + 1u < end) {
    let middle = (low + end) / 2u;
    if (key_of(levels[middle]) >= key) {
      low = middle;
    } else {
      end = middle;
    }
  }
  result[i] = values[low];
}
