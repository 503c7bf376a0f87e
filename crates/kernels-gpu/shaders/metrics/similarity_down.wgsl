// For each sample, of the column of its window: the means of what samples differ from it by, and the moments about these.
struct Params {
  // Samples of a row, and rows.
  line: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of the images and of the moments.
  top: u32,
  rows: u32,
  first_word: u32,
  moments_first: u32,
  // How far the window reaches from its sample.
  reach: u32,
  // What samples are multiplied by.
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Of the window, along either axis.
@group(0) @binding(3) var<storage, read> weights: array<f32>;
// Five for each sample: the means, the variances and the covariance of difference and second image.
@group(0) @binding(4) var<storage, read_write> moments: array<f32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.line * params.rows) {
    return;
  }
  let i = params.top * params.line + place;
  let own = samples(i);
  let window = 2u * params.reach + 1u;
  // A few at a time, which keeps digits.
  var means = vec2(0.0);
  for (var first = 0u; first < window; first += 16u) {
    var some = vec2(0.0);
    for (var k = first; k < min(first + 16u, window); k++) {
      some += weights[k] * apart(samples(down_to(i, k)), own);
    }
    means += some;
  }
  var about = vec3(0.0);
  for (var first = 0u; first < window; first += 16u) {
    var some = vec3(0.0);
    for (var k = first; k < min(first + 16u, window); k++) {
      let left = apart(samples(down_to(i, k)), own) - means;
      some += weights[k] * vec3(left * left, left.x * left.y);
    }
    about += some;
  }
  let at = 5u * i - params.moments_first;
  moments[at] = means.x;
  moments[at + 1u] = means.y;
  moments[at + 2u] = about.x;
  moments[at + 3u] = about.y;
  moments[at + 4u] = about.z;
}
