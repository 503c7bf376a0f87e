// For each pixel, of the column of its window: the mean of the samples less its own, and their standard deviation.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of the image and of the means.
  top: u32,
  rows: u32,
  first_word: u32,
  means_first: u32,
  // How far the window reaches from its pixel.
  reach: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Two for each pixel.
@group(0) @binding(2) var<storage, read_write> means: array<f32>;

fn column_means(i: u32, own: f32, scale: f32) -> vec2<f32> {
  let y = i32(i / params.width);
  let x = i % params.width;
  let reach = i32(params.reach);
  var sums = vec2(0.0);
  // A few at a time, which keeps digits.
  for (var first = -reach; first <= reach; first += 16) {
    var some = vec2(0.0);
    for (var down = first; down <= min(first + 15, reach); down++) {
      let row = u32(border(y + down, i32(params.height)));
      let difference = (source_value(row * params.width + x) - own) * scale;
      some += vec2(difference, difference * difference);
    }
    sums += some;
  }
  return sums / f32(2u * params.reach + 1u);
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
  let own = source_value(i);
  var found = column_means(i, own, 1.0);
  let scale = scale_for(own, found.y);
  if (scale != 1.0) {
    found = column_means(i, own, scale);
  }
  means[2u * i - params.means_first] = found.x / scale;
  means[2u * i + 1u - params.means_first] = sqrt(max(found.y - found.x * found.x, 0.0)) / scale;
}
