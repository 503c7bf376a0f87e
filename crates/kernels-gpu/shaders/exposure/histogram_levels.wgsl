// Histogram of 16- and 32-bit levels, one bin per level from `least` on.
struct Params {
  count: u32,
  least: i32,
  bins: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> bins: array<atomic<u32>>;

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
  let place = bitcast<u32>(source_level(i) - params.least);
  if (place < params.bins) {
    atomicAdd(&bins[place], 1u);
  }
}
