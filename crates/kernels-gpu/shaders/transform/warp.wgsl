// An image seen through a transform: weighted sums of the samples around each place, or of the coefficients of a spline.
struct Params {
  // Pixels of the part to do, its columns, and the first of them and of its rows.
  count: u32,
  columns: u32,
  left: u32,
  top: u32,
  // Columns of the result.
  width: u32,
  // Of the image.
  source_width: u32,
  source_height: u32,
  // The first words of what is bound of the image, of its other rows, and of the result.
  source_first: u32,
  beyond_first: u32,
  warped_first: u32,
  cval: f32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(5) var<storage, read_write> warped: array<f32>;

override CHANNELS: u32 = 1u;

// What has no weight does not matter, infinities and NaN included.
fn weighed(weight: f32, value: f32) -> f32 {
  return select(weight * value, 0.0, weight == 0.0);
}

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
  let x = params.left + i % params.columns;
  let y = params.top + i / params.columns;
  let at = place(x, y);
  let across = taps(at.column, at.column_share);
  let down = taps(at.row, at.row_share);
  for (var channel = 0u; channel < CHANNELS; channel++) {
    var sum = 0.0;
    var inside = false;
    for (var r = 0u; at.there && r < TAPS; r++) {
      let row = border(down.first + i32(r), i32(params.source_height));
      var along = 0.0;
      for (var c = 0u; c < TAPS; c++) {
        let column = border(across.first + i32(c), i32(params.source_width));
        var value = params.cval;
        if (row >= 0 && column >= 0) {
          let pixel = u32(row) * params.source_width + u32(column);
          value = source_value(pixel * CHANNELS + channel) * params.scale;
          inside = true;
        }
        along += weighed(across.weights[c], value);
      }
      sum += weighed(down.weights[r], along);
    }
    // A sum of weights times the constant might miss it by a bit, and the range of the result with it.
    warped[(y * params.width + x) * CHANNELS + channel - params.warped_first] = select(params.cval, sum, inside);
  }
}
