// Thresholds by the means of the columns of each pixel's window, which lie along its row.
struct Params {
  width: u32,
  // The rows to do, and the first words of what is bound of the image, of the means and of the thresholds.
  top: u32,
  rows: u32,
  first_word: u32,
  means_first: u32,
  thresholds_first: u32,
  // How far the window reaches from its pixel.
  reach: u32,
  damping: f32,
  by_mean: f32,
  shift: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Of the column about each pixel: the mean of the samples less its own, and their standard deviation.
@group(0) @binding(2) var<storage, read> means: array<f32>;
@group(0) @binding(3) var<storage, read_write> thresholds: array<f32>;

fn window_means(i: u32, own: f32, scale: f32) -> vec2<f32> {
  let x = i % params.width;
  let reach = i32(params.reach);
  var sums = vec2(0.0);
  // A few at a time, which keeps digits.
  for (var first = -reach; first <= reach; first += 16) {
    var some = vec2(0.0);
    for (var across = first; across <= min(first + 15, reach); across++) {
      let at = i - x + u32(border(i32(x) + across, i32(params.width)));
      let apart = source_value(at) - own;
      let mean = (means[2u * at - params.means_first] + apart) * scale;
      let deviation = means[2u * at + 1u - params.means_first] * scale;
      some += vec2(mean, deviation * deviation + mean * mean);
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
  var found = window_means(i, own, 1.0);
  let scale = scale_for(own, found.y);
  if (scale != 1.0) {
    found = window_means(i, own, scale);
  }
  thresholds[i - params.thresholds_first] = threshold_of(own, found, scale, Weights(params.damping, params.by_mean, params.shift));
}
