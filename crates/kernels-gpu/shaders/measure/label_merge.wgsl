// Third step: trees that touch become one, the lower root the root of both. Only the neighbours that the first step did
// not already join, through the pixel or through each other, are looked at.
struct Params {
  width: u32,
  // The column of the tile's first pixel.
  left: u32,
  count: u32,
  connectivity: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.count || i < params.width || atomicLoad(&forest[i]) == NONE) {
    return;
  }
  let own = pixel_class(i);
  let x = (params.left + i) % params.width;
  let above = i - params.width;
  let n = pixel_class(above) == own;
  let nw = above > 0u && x > 0u && pixel_class(above - 1u) == own;
  let w = x > 0u && pixel_class(i - 1u) == own;
  if (params.connectivity == 1u) {
    if (n && w && !nw) {
      unite(i, i - 1u);
    }
    return;
  }
  if (n || x + 1u >= params.width || pixel_class(above + 1u) != own) {
    return;
  }
  if (nw) {
    unite(i, above + 1u);
  } else if (w) {
    unite(i, i - 1u);
  }
}
