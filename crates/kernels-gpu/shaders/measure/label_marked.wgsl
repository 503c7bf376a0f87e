// Marks the regions of which pixels lie inside a mask, or outside of it, four to an invocation.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> regions: array<u32>;
// By label, all 0 before.
@group(0) @binding(3) var<storage, read_write> marks: array<atomic<u32>>;

override INSIDE: bool = true;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let first = (line(group, groups) * 256u + local) * 4u;
  let end = min(first + 4u, params.count);
  for (var i = first; i < end; i++) {
    if (source_is_zero(i) != INSIDE) {
      atomicStore(&marks[regions[i]], 1u);
    }
  }
}
