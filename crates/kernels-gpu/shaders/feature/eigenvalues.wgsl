// The eigenvalues of a symmetric 2 × 2 matrix for each pixel.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> upper_left: array<f32>;
@group(0) @binding(2) var<storage, read> upper_right: array<f32>;
@group(0) @binding(3) var<storage, read> lower_right: array<f32>;
@group(0) @binding(4) var<storage, read_write> larger: array<f32>;
@group(0) @binding(5) var<storage, read_write> smaller: array<f32>;

// The root of two squares, which by themselves might be too large or too small.
fn hypotenuse(a: f32, b: f32) -> f32 {
  let most = max(abs(a), abs(b));
  // By an infinity nothing can be divided.
  if (most == 0.0 || bitcast<u32>(most) >= 0x7f800000u) {
    return abs(a) + abs(b);
  }
  return most * length(vec2(a, b) / most);
}

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
  // Halved first, as sums might be too large.
  let a = upper_left[i] / 2.0;
  let c = lower_right[i] / 2.0;
  let distance = hypotenuse(upper_right[i], a - c);
  larger[i] = a + c + distance;
  smaller[i] = a + c - distance;
}
