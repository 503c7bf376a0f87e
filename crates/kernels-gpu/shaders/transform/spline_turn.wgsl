// Samples as numbers, a column of them in each row: 32 × 32 of them per workgroup go through workgroup memory, so that they are read and
// written side by side. What SciPy puts around an image is added on the way.
struct Params {
  // The samples to do: columns and rows of the result, and the first of each.
  columns: u32,
  rows: u32,
  left: u32,
  top: u32,
  // Columns of the result.
  width: u32,
  // Of the image.
  source_width: u32,
  source_height: u32,
  channels: u32,
  // Rows and columns before those of the image.
  padding: u32,
  // The first words of what is bound of the image, of its other rows, and of the result.
  source_first: u32,
  beyond_first: u32,
  turned_first: u32,
  cval: f32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(5) var<storage, read_write> turned: array<f32>;

// A column more than there are samples: those of a column then lie in different banks.
var<workgroup> tile: array<f32, 1056>;

fn number(row: u32, sample: u32) -> f32 {
  let y = border(i32(row) - i32(params.padding), i32(params.source_height));
  let x = border(i32(sample / params.channels) - i32(params.padding), i32(params.source_width));
  if (x < 0 || y < 0) {
    return params.cval;
  }
  let pixel = u32(y) * params.source_width + u32(x);
  return source_value(pixel * params.channels + sample % params.channels) * params.scale;
}

@compute @workgroup_size(32, 8)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
) {
  let across = (params.columns + 31u) / 32u;
  let place = line(group, groups);
  let left = (place % across) * 32u;
  let top = (place / across) * 32u;
  for (var k = local.y; k < 32u; k += 8u) {
    if (left + k < params.columns && top + local.x < params.rows) {
      tile[k * 33u + local.x] = number(params.left + left + k, params.top + top + local.x);
    }
  }
  workgroupBarrier();
  for (var k = local.y; k < 32u; k += 8u) {
    if (left + local.x < params.columns && top + k < params.rows) {
      let at = (params.top + top + k) * params.width + params.left + left + local.x;
      turned[at - params.turned_first] = tile[local.x * 33u + k];
    }
  }
}
