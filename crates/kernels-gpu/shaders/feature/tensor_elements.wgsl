// Three numbers for each pixel, each into an image of its own.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> tensor: array<f32>;
@group(0) @binding(2) var<storage, read_write> upper_left: array<f32>;
@group(0) @binding(3) var<storage, read_write> upper_right: array<f32>;
@group(0) @binding(4) var<storage, read_write> lower_right: array<f32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i < params.count) {
    upper_left[i] = tensor[3u * i];
    upper_right[i] = tensor[3u * i + 1u];
    lower_right[i] = tensor[3u * i + 2u];
  }
}
