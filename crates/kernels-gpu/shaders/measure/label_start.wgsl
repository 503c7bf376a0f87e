// First step: each pixel points to an equal neighbour before it, if any, within its tile.
struct Params {
  width: u32,
  // The column of the tile's first pixel.
  left: u32,
  count: u32,
  // The class of background pixels. NaN is background, too.
  background: u32,
  // 0 when no sample of this dtype can be the background.
  has_background: u32,
  // 1 for the four nearest neighbours, 2 for eight.
  connectivity: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> labels: array<u32>;

const NONE: u32 = 0xffffffffu;

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
  let own = pixel_class(i);
  if ((params.has_background == 1u && own == params.background) || (DTYPE == 3u && own == NAN)) {
    labels[i] = NONE;
    return;
  }
  let x = (params.left + i) % params.width;
  let above = i - params.width;
  let has_row = i >= params.width;
  var label = i;
  if (has_row && pixel_class(above) == own) {
    label = above;
  } else if (params.connectivity == 2u && has_row && above > 0u && x > 0u && pixel_class(above - 1u) == own) {
    label = above - 1u;
  } else if (params.connectivity == 2u && has_row && x + 1u < params.width && pixel_class(above + 1u) == own) {
    label = above + 1u;
  } else if (i > 0u && x > 0u && pixel_class(i - 1u) == own) {
    label = i - 1u;
  }
  labels[i] = label;
}
