// The structural similarity of two images by the moments of the columns of each sample's window, which lie along its row; summed over
// 256 samples of a row. Whether it is kept, and what the derivative is made of, other sources say.
struct Params {
  // Samples of a row, and rows.
  line: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of the images, the moments, the similarities and the terms.
  top: u32,
  rows: u32,
  first_word: u32,
  moments_first: u32,
  kept_first: u32,
  terms_first: u32,
  // How far the window reaches from its sample.
  reach: u32,
  // Pixels along each edge that do not count.
  margin: u32,
  // What samples are multiplied by.
  scale: f32,
  // What covariances are multiplied by.
  covariance: f32,
  c1: f32,
  c2: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Of the window, along either axis.
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read_write> sums: array<f32>;
// Five for each sample: the means, the variances and the covariance of difference and second image.
@group(0) @binding(6) var<storage, read> moments: array<f32>;

alias Element = f32;

fn combined(a: f32, b: f32) -> f32 {
  return a + b;
}

// Of a column the means of what samples differ from a window's own by.
fn column_means(i: u32, own: Both) -> vec2<f32> {
  let at = 5u * i - params.moments_first;
  return vec2(moments[at], moments[at + 1u]) + apart(samples(i), own);
}

fn similarity(i: u32) -> f32 {
  let own = samples(i);
  let window = 2u * params.reach + 1u;
  // A few at a time, which keeps digits.
  var means = vec2(0.0);
  for (var first = 0u; first < window; first += 16u) {
    var some = vec2(0.0);
    for (var k = first; k < min(first + 16u, window); k++) {
      some += weights[k] * column_means(across_to(i, k), own);
    }
    means += some;
  }
  // Those of the columns, and of their means.
  var about = vec3(0.0);
  for (var first = 0u; first < window; first += 16u) {
    var some = vec3(0.0);
    for (var k = first; k < min(first + 16u, window); k++) {
      let column = across_to(i, k);
      let at = 5u * column - params.moments_first;
      let left = column_means(column, own) - means;
      let within = vec3(moments[at + 2u], moments[at + 3u], moments[at + 4u]);
      some += weights[k] * (within + vec3(left * left, left.x * left.y));
    }
    about += some;
  }
  about *= params.covariance;
  // Of the first image by the second one and the difference, which leaves the digits of what images differ by.
  let difference = own.value.x + means.x;
  let second = own.value.y + means.y;
  let first = second + difference;
  let luminance = 2.0 * first * second + params.c1;
  let brightness = luminance + difference * difference;
  let structure = 2.0 * (about.y + about.z) + params.c2;
  let contrast = structure + about.x;
  let slope = luminance / brightness / contrast;
  let rise = structure / contrast * (difference / brightness) * ((first * (first + second) + params.c1) / brightness);
  keep_terms(i, vec2(slope, slope * (about.x / contrast)), means, rise);
  return luminance / brightness * (structure / contrast);
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let across = (params.line + 255u) / 256u;
  let group = line(at.group, at.groups);
  let row = group / across;
  let place = group % across * 256u + place_of(at);
  let y = params.top + row;
  var own = 0.0;
  if (row < params.rows && place < params.line) {
    let i = y * params.line + place;
    let likeness = similarity(i);
    keep(i, likeness);
    let x = place / CHANNELS;
    let counts = y >= params.margin && y + params.margin < params.height
      && x >= params.margin && x + params.margin < params.line / CHANNELS;
    own = select(0.0, likeness, counts);
  }
  let sum = reduced(own, at);
  if (at.local == 0u && row < params.rows) {
    sums[y * across + group % across] = sum;
  }
}
