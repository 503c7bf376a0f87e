// How many pixels each region has. An invocation goes over 16 pixels and adds up those of one region that follow each
// other, so that a large region is not added to at every pixel.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
// By label, all 0 before.
@group(0) @binding(2) var<storage, read_write> sizes: array<atomic<u32>>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let first = (line(group, groups) * 256u + local) * 16u;
  let end = min(first + 16u, params.count);
  var region = 0u;
  var size = 0u;
  for (var i = first; i < end; i++) {
    let label = labels[i];
    if (label != region) {
      if (region != 0u) {
        atomicAdd(&sizes[region], size);
      }
      region = label;
      size = 0u;
    }
    size += 1u;
  }
  if (region != 0u) {
    atomicAdd(&sizes[region], size);
  }
}
