// Both differences of an edge filter in one pass. Samples are weighed before they are scaled: by whole weights, those of
// 8- and 16-bit samples are exact.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of source, of source beyond the edges, and of the result.
  top: u32,
  rows: u32,
  source_first: u32,
  beyond_first: u32,
  edges_first: u32,
  // 0 differences between rows, 1 between columns, 2 the magnitude of both.
  axis: u32,
  // In the source's own units.
  cval: f32,
  scale: f32,
  // Of the pixel's own line, of the lines at distance 1 and 2; likewise of the differences over these distances.
  centre: f32,
  near_smoothing: f32,
  far_smoothing: f32,
  near_difference: f32,
  far_difference: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> edges: array<f32>;

// How far the weights reach: 1 or 2.
override RADIUS: u32 = 1u;

// The pixel in the middle, and up to two samples around it: rows of five.
var<private> window: array<f32, 25>;

fn load(y: i32, x: i32) {
  let reach = i32(RADIUS);
  var columns: array<i32, 5>;
  for (var c = -reach; c <= reach; c++) {
    columns[c + 2] = border(x + c, i32(params.width));
  }
  for (var r = -reach; r <= reach; r++) {
    let row = border(y + r, i32(params.height));
    for (var c = -reach; c <= reach; c++) {
      window[5 * r + c + 12] = sample_at(row, columns[c + 2]);
    }
  }
}

// The difference of the samples at `way` after a place of the window and before it.
fn difference(place: i32, way: i32) -> f32 {
  return window[place + way] - window[place - way];
}

// Differences at `way`, smoothed across it. They come first, so that a flat image has no edges, and a NaN in the middle
// reaches no result.
fn smoothed(way: i32, across: i32) -> f32 {
  let near = difference(12 - across, way) + difference(12 + across, way);
  var sum = params.centre * difference(12, way) + params.near_smoothing * near;
  if (RADIUS == 2u) {
    sum += params.far_smoothing * (difference(12 - 2 * across, way) + difference(12 + 2 * across, way));
  }
  return sum;
}

fn derivative(way: i32, across: i32) -> f32 {
  var sum = params.near_difference * smoothed(way, across);
  if (RADIUS == 2u) {
    sum += params.far_difference * smoothed(2 * way, across);
  }
  return sum * params.scale;
}

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
  let result = i - params.edges_first;
  load(i32(i / params.width), i32(i % params.width));
  if (params.axis == 0u) {
    edges[result] = derivative(5, 1);
  } else if (params.axis == 1u) {
    edges[result] = derivative(1, 5);
  } else {
    let down = derivative(5, 1);
    let across = derivative(1, 5);
    edges[result] = sqrt((down * down + across * across) * 0.5);
  }
}
