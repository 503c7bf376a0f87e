// One step of a bitonic sort: keys that lie a distance apart are put in order, the greater one first or last by turns of a span.
struct Params {
  pairs: u32,
  span: u32,
  distance: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read_write> keys: array<u32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let pair = line(group, groups) * 256u + local;
  if (pair >= params.pairs) {
    return;
  }
  let low = 2u * pair - (pair & (params.distance - 1u));
  let a = keys[low];
  let b = keys[low + params.distance];
  if ((a < b) == ((low & params.span) == 0u)) {
    keys[low] = b;
    keys[low + params.distance] = a;
  }
}
