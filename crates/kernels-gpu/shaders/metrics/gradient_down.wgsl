// The derivative of the similarity by a sample, from the windows that it lies in, of which those of its column are added up here.
struct Params {
  // Samples of a row, and rows.
  line: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of the images, the terms and the sums.
  top: u32,
  rows: u32,
  first_word: u32,
  terms_first: u32,
  sums_first: u32,
  // How far a window reaches from its sample.
  reach: u32,
  // What samples are multiplied by.
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Of the window, along either axis.
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read> terms: array<f32>;
// Three for each sample: both slopes, and what they and the rise make at the column's own sample.
@group(0) @binding(5) var<storage, read_write> sums: array<f32>;

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
  var sum = vec3(0.0);
  // A few at a time, which keeps digits.
  for (var first = 0u; first < window; first += 16u) {
    var some = vec3(0.0);
    for (var k = first; k < min(first + 16u, window); k++) {
      let other = down_to(i, k);
      let at = 5u * other - params.terms_first;
      let slopes = vec2(terms[at], terms[at + 1u]);
      let left = apart(own, samples(other)) - vec2(terms[at + 2u], terms[at + 3u]);
      some += weights[k] * vec3(slopes, dot(slopes, left) + terms[at + 4u]);
    }
    sum += some;
  }
  let at = 3u * i - params.sums_first;
  sums[at] = sum.x;
  sums[at + 1u] = sum.y;
  sums[at + 2u] = sum.z;
}
