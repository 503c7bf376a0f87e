// Whether any sample is below 0: each workgroup looks at 4096 of them and raises the flag at most once for each invocation.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> negative: array<atomic<u32>>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let first = line(group, groups) * 4096u + local;
  var any = false;
  for (var k = 0u; k < 16u; k++) {
    let i = first + k * 256u;
    any = any || (i < params.count && source_value(i) < 0.0);
  }
  if (any) {
    atomicStore(&negative[0], 1u);
  }
}
