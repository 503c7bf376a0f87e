// The derivative of the similarity by a sample, from what the columns along its row have added up.
struct Params {
  // Samples of a row, and rows.
  line: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of the images, the sums and the derivatives.
  top: u32,
  rows: u32,
  first_word: u32,
  sums_first: u32,
  gradient_first: u32,
  // How far a window reaches from its sample.
  reach: u32,
  // What samples are multiplied by.
  scale: f32,
  // From the sum over windows to the derivative of the mean, in the image's units.
  share: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Of the window, along either axis.
@group(0) @binding(3) var<storage, read> weights: array<f32>;
// Three for each sample: both slopes, and what they and the rise make at the column's own sample.
@group(0) @binding(4) var<storage, read> sums: array<f32>;
@group(0) @binding(5) var<storage, read_write> gradient: array<f32>;

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
  var sum = 0.0;
  // A few at a time, which keeps digits.
  for (var first = 0u; first < window; first += 16u) {
    var some = 0.0;
    for (var k = first; k < min(first + 16u, window); k++) {
      let other = across_to(i, k);
      let at = 3u * other - params.sums_first;
      some += weights[k] * (dot(vec2(sums[at], sums[at + 1u]), apart(own, samples(other))) + sums[at + 2u]);
    }
    sum += some;
  }
  gradient[i - params.gradient_first] = sum * params.share;
}
