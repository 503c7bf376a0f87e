// Thresholds by mean and standard deviation of the window about each pixel, in tiles of 16 × 16.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of the image and of the thresholds.
  top: u32,
  rows: u32,
  first_word: u32,
  thresholds_first: u32,
  // How far the window reaches from its pixel.
  reach_down: u32,
  reach_across: u32,
  damping: f32,
  by_mean: f32,
  shift: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> thresholds: array<f32>;

alias Cell = f32;
const CELLS: u32 = 4096u;

fn cell(y: i32, x: i32) -> f32 {
  let row = u32(border(y, i32(params.height)));
  return source_value(row * params.width + u32(border(x, i32(params.width))));
}

// Mean and mean square of what is left of the pixel's own sample, which keeps the digits of small deviations; times a power of two.
fn window_means(local: u32, own: f32, scale: f32) -> vec2<f32> {
  var sums = vec2(0.0);
  for (var down = RADIUS - params.reach_down; down <= RADIUS + params.reach_down; down++) {
    var line = vec2(0.0);
    for (var across = RADIUS - params.reach_across; across <= RADIUS + params.reach_across; across++) {
      let difference = (stencil_cell(local, down, across) - own) * scale;
      line += vec2(difference, difference * difference);
    }
    sums += line;
  }
  return sums / f32((2u * params.reach_down + 1u) * (2u * params.reach_across + 1u));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let across = (params.width + 15u) / 16u;
  let tile = line(group, groups);
  let top = params.top + tile / across * 16u;
  let left = tile % across * 16u;
  load_stencil(top, left, local);
  let y = top + local / 16u;
  let x = left + local % 16u;
  if (y >= min(params.top + params.rows, params.height) || x >= params.width) {
    return;
  }
  let own = stencil_cell(local, RADIUS, RADIUS);
  var means = window_means(local, own, 1.0);
  let scale = scale_for(own, means.y);
  if (scale != 1.0) {
    means = window_means(local, own, scale);
  }
  let weights = Weights(params.damping, params.by_mean, params.shift);
  thresholds[y * params.width + x - params.thresholds_first] = threshold_of(own, means, scale, weights);
}
