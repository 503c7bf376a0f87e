// Luminance of interleaved RGB with the weights of Poynton's colour FAQ (ITU-R BT.709), as in scikit-image.
struct Params {
  pixels: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> gray: array<f32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.pixels) {
    return;
  }
  let rgb = vec3(source_value(3u * i), source_value(3u * i + 1u), source_value(3u * i + 2u));
  gray[i] = dot(rgb, vec3(0.2125, 0.7154, 0.0721)) * params.scale;
}
