// Marks the regions that touch the border.
struct Params {
  width: u32,
  height: u32,
  // Rows and columns inside the outermost that count as border too.
  buffer_size: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> regions: array<u32>;
@group(0) @binding(2) var<storage, read_write> touching: array<atomic<u32>>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  let y = i / params.width;
  let x = i % params.width;
  if (y >= params.height) {
    return;
  }
  let inset = min(min(y, params.height - 1u - y), min(x, params.width - 1u - x));
  if (inset <= params.buffer_size) {
    atomicStore(&touching[regions[i]], 1u);
  }
}
