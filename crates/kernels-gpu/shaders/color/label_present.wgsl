// Marks the labels that occur, the background apart.
struct Params {
  count: u32,
  least: i32,
  background: i32,
  span: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> present: array<atomic<u32>>;

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
  let label = source_level(i);
  let place = bitcast<u32>(label - params.least);
  if (label != params.background && place < params.span) {
    atomicStore(&present[place], 1u);
  }
}
