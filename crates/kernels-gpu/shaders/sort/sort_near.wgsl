// The steps of a bitonic sort whose distances lie within 512 keys, for some spans, in workgroup memory.
struct Params {
  count: u32,
  first_span: u32,
  last_span: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read_write> keys: array<u32>;

var<workgroup> near: array<u32, 512>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let first = line(group, groups) * 512u;
  if (first < params.count) {
    near[local] = keys[first + local];
    near[local + 256u] = keys[first + local + 256u];
  }
  for (var span = params.first_span; span <= params.last_span; span <<= 1u) {
    for (var distance = min(span / 2u, 256u); distance > 0u; distance >>= 1u) {
      workgroupBarrier();
      let low = 2u * local - (local & (distance - 1u));
      let a = near[low];
      let b = near[low + distance];
      if ((a < b) == (((first + low) & span) == 0u)) {
        near[low] = b;
        near[low + distance] = a;
      }
    }
  }
  workgroupBarrier();
  if (first < params.count) {
    keys[first + local] = near[local];
    keys[first + local + 256u] = near[local + 256u];
  }
}
