// One-dimensional convolution down the columns: 32 × 32 results per workgroup, each invocation four of them.
// Rows of the source and their halo go through workgroup memory, at most 96 at a time, so that the border is mapped
// once per sample and any number of weights will do.
struct Params {
  // Samples in a row, over all channels.
  row: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of source, of source beyond the edges, and of the result.
  top: u32,
  rows: u32,
  source_first: u32,
  beyond_first: u32,
  blurred_first: u32,
  radius: u32,
  cval: f32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> blurred: array<f32>;

var<workgroup> tile: array<f32, 3072>;

fn sample(x: u32, y: i32) -> f32 {
  let row = border(y, i32(params.height));
  if (row < 0) {
    return params.cval;
  }
  return source_value(u32(row) * params.row + x) * params.scale;
}

@compute @workgroup_size(32, 8)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
) {
  let across = (params.row + 31u) / 32u;
  let place = line(group, groups);
  let x = (place % across) * 32u + local.x;
  let top = params.top + (place / across) * 32u;
  let column = min(x, params.row - 1u);
  let taps = 2u * params.radius + 1u;
  var sums = vec4(0.0);
  for (var done = 0u; done < taps; done += 65u) {
    let some = min(65u, taps - done);
    workgroupBarrier();
    for (var r = local.y; r < 31u + some; r += 8u) {
      tile[r * 32u + local.x] = sample(column, i32(top + r + done) - i32(params.radius));
    }
    workgroupBarrier();
    for (var k = 0u; k < some; k++) {
      let at = (local.y + k) * 32u + local.x;
      sums += weights[done + k] * vec4(tile[at], tile[at + 256u], tile[at + 512u], tile[at + 768u]);
    }
  }
  if (x < params.row) {
    for (var q = 0u; q < 4u; q++) {
      let y = top + local.y + 8u * q;
      if (y < params.top + params.rows) {
        blurred[y * params.row + x - params.blurred_first] = sums[q];
      }
    }
  }
}
