// 1 for pixels whose plateau nothing enters from below, where they are not masked.
struct Params {
  width: u32,
  height: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> values: array<u32>;
@group(0) @binding(2) var<storage, read> steps: array<u32>;
@group(0) @binding(3) var<storage, read_write> minima: array<u32>;

// The value of what is masked, and the steps to what is not entered.
const NONE: u32 = 0xffffffffu;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i < params.width * params.height) {
    minima[i] = u32(steps[i] == NONE && values[i] != NONE);
  }
}
