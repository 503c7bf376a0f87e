// Four times each sample less its four neighbours, added up before scaling: those of 8- and 16-bit samples are exact.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of source, of source beyond the edges, and of the result.
  top: u32,
  rows: u32,
  source_first: u32,
  beyond_first: u32,
  edges_first: u32,
  cval: f32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> edges: array<f32>;

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
  let y = i32(i / params.width);
  let x = i32(i % params.width);
  let around = neighbour(y - 1, x) + neighbour(y + 1, x) + neighbour(y, x - 1) + neighbour(y, x + 1);
  edges[i - params.edges_first] = (4.0 * neighbour(y, x) - around) * params.scale;
}
