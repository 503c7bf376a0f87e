// The neighbours of each pixel, weighed by both parts of a kernel that is no product of two lines.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of source, of source beyond the edges, and of the results.
  top: u32,
  rows: u32,
  source_first: u32,
  beyond_first: u32,
  real_first: u32,
  imag_first: u32,
  // How far the kernel reaches, in rows and columns.
  reach_down: u32,
  reach_across: u32,
  cval: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Both weights, row by row.
@group(0) @binding(5) var<storage, read> weights: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read_write> real: array<f32>;
@group(0) @binding(3) var<storage, read_write> imag: array<f32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.width * params.rows) {
    return;
  }
  let i = params.top * params.width + place;
  let top = i32(i / params.width) - i32(params.reach_down);
  let left = i32(i % params.width) - i32(params.reach_across);
  let down = 2u * params.reach_down + 1u;
  let across = 2u * params.reach_across + 1u;
  var sums = vec2(0.0);
  for (var r = 0u; r < down; r++) {
    let row = border(top + i32(r), i32(params.height));
    // Row by row, so that errors do not pile up over all of a large kernel.
    var along = vec2(0.0);
    for (var c = 0u; c < across; c++) {
      let weight = weights[r * across + c];
      // What has no weight does not matter, infinities and NaN included.
      if (any(weight != vec2(0.0))) {
        let sample = sample_at(row, border(left + i32(c), i32(params.width)));
        along += select(weight * sample, vec2(0.0), weight == vec2(0.0));
      }
    }
    sums += along;
  }
  real[i - params.real_first] = sums.x;
  imag[i - params.imag_first] = sums.y;
}
