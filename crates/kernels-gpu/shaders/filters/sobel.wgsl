// Both Sobel differences in one pass. Differences are taken before scaling: those of 8- and 16-bit samples are exact.
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
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> edges: array<f32>;

fn sample(y: i32, x: i32) -> f32 {
  let row = border(y, i32(params.height));
  let column = border(x, i32(params.width));
  if (row < 0 || column < 0) {
    return params.cval;
  }
  return source_value(u32(row) * params.width + u32(column));
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
  let y = i32(i / params.width);
  let x = i32(i % params.width);
  let nw = sample(y - 1, x - 1);
  let n = sample(y - 1, x);
  let ne = sample(y - 1, x + 1);
  let w = sample(y, x - 1);
  let e = sample(y, x + 1);
  let sw = sample(y + 1, x - 1);
  let s = sample(y + 1, x);
  let se = sample(y + 1, x + 1);
  let down = ((sw - nw) + 2.0 * (s - n) + (se - ne)) * 0.25 * params.scale;
  let across = ((ne - nw) + 2.0 * (e - w) + (se - sw)) * 0.25 * params.scale;
  if (params.axis == 0u) {
    edges[result] = down;
  } else if (params.axis == 1u) {
    edges[result] = across;
  } else {
    edges[result] = sqrt((down * down + across * across) * 0.5);
  }
}
