// How much each pixel is a corner, by its tensor.
struct Params {
  count: u32,
  // 0 Harris, whose parameter is k; 1 Noble, eps; 2 Shi and Tomasi.
  measure: u32,
  parameter: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> tensor: array<f32>;
@group(0) @binding(2) var<storage, read_write> response: array<f32>;

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
  let rr = tensor[3u * i];
  let rc = tensor[3u * i + 1u];
  let cc = tensor[3u * i + 2u];
  let trace = rr + cc;
  let determinant = rr * cc - rc * rc;
  if (params.measure == 0u) {
    response[i] = determinant - params.parameter * (trace * trace);
  } else if (params.measure == 1u) {
    response[i] = 2.0 * determinant / (trace + params.parameter);
  } else {
    let beside = 0.5 * (rr - cc);
    response[i] = 0.5 * trace - sqrt(rc * rc + beside * beside);
  }
}
