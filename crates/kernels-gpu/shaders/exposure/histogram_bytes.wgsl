// Histogram of 8-bit samples: 256 bins per workgroup, joined at the end.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> bins: array<atomic<u32>>;

var<workgroup> own: array<atomic<u32>, 256>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let stride = groups.x * groups.y * 256u;
  let words = (params.count + 3u) / 4u;
  for (var i = line(group, groups) * 256u + local; i < words; i += stride) {
    let word = source[i];
    let some = min(4u, params.count - 4u * i);
    for (var k = 0u; k < some; k++) {
      atomicAdd(&own[(word >> (8u * k)) & 0xffu], 1u);
    }
  }
  workgroupBarrier();
  let count = atomicLoad(&own[local]);
  if (count != 0u) {
    atomicAdd(&bins[local], count);
  }
}
