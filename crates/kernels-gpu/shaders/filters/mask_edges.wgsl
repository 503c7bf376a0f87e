// Edges where the mask is not 0 at any of the nine pixels about them, and 0 elsewhere and at the border of the image; what is no
// finite number times 0 is NaN.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of mask, edges and result.
  top: u32,
  rows: u32,
  first_word: u32,
  edges_first: u32,
  masked_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> edges: array<u32>;
@group(0) @binding(3) var<storage, read_write> masked: array<u32>;

fn is_inside(y: u32, x: u32) -> bool {
  if (y == 0u || x == 0u || y + 1u == params.height || x + 1u == params.width) {
    return false;
  }
  for (var row = y - 1u; row <= y + 1u; row++) {
    for (var column = x - 1u; column <= x + 1u; column++) {
      if (source_is_zero(row * params.width + column)) {
        return false;
      }
    }
  }
  return true;
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
  var bits = edges[i - params.edges_first];
  if (!is_inside(i / params.width, i % params.width)) {
    bits = select(0u, 0x7fc00000u, (bits & 0x7f800000u) == 0x7f800000u);
  }
  masked[i - params.masked_first] = bits;
}
