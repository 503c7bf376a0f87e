// What is known before an image is flooded: markers, where they are not masked.
struct Params {
  width: u32,
  height: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> values: array<u32>;
@group(0) @binding(3) var<storage, read_write> labels: array<u32>;
@group(0) @binding(4) var<storage, read_write> levels: array<u32>;

// A value that is not flooded, and the level of what is not reached yet.
const NONE: u32 = 0xffffffffu;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.width * params.height) {
    return;
  }
  let value = values[i];
  let label = select(0u, bitcast<u32>(source_level(i)), value != NONE);
  labels[i] = label;
  levels[i] = select(NONE, value, label != 0u);
}
