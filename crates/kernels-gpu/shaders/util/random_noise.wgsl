// Samples as intensities with noise. The numbers of a sample belong to its place in the whole image, so that they are the same wherever and
// in whatever order they are computed.
struct Params {
  // The place of the first sample, the seed, and how many of the 2³² words replace a sample, and replace it by 1. The lower word comes first.
  first: vec2<u32>,
  key: vec2<u32>,
  amount: vec2<u32>,
  salt: vec2<u32>,
  count: u32,
  // Factor from sample to intensity.
  scale: f32,
  // Of the normal numbers.
  mean: f32,
  // The least intensity.
  low: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Standard deviations: one, or one for each sample.
@group(0) @binding(2) var<storage, read> deviations: array<f32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

// A normal number is added, is added times the intensity, or samples are replaced.
const ADDITIVE: u32 = 0u;
const MULTIPLICATIVE: u32 = 1u;
const IMPULSE: u32 = 2u;
override KIND: u32 = 0u;
// Whether each sample has a deviation of its own.
override EACH: bool = false;
// Whether intensities are cut to `low` and 1.
override CLIP: bool = true;

// The first two words that the seed has at a place, Philox4x32-10: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random
// numbers: as easy as 1, 2, 3", SC 2011.
fn words_at(place: Wide) -> vec2<u32> {
  var words = vec4(place, 0u, 0u);
  var key = params.key;
  for (var round = 0u; round < 10u; round++) {
    let one = product(0xd2511f53u, words.x);
    let other = product(0xcd9e8d57u, words.z);
    words = vec4(other.x ^ words.y ^ key.x, other.y, one.x ^ words.w ^ key.y, one.y);
    key += vec2(0x9e3779b9u, 0xbb67ae85u);
  }
  return words.xy;
}

// Whether a word is among the first so many.
fn is_among(word: u32, count: vec2<u32>) -> bool {
  return word < count.x || count.y != 0u;
}

// A word, and half, over 2³².
fn unit(word: u32) -> f32 {
  return (f32(word) + 0.5) * 2.3283064365386963e-10;
}

// -ln of a word's number. Near 1 that is as small as what is missing there, of which 32 bits would lose most.
fn negative_logarithm(word: u32) -> f32 {
  if (word < 0x80000000u) {
    return -log(unit(word));
  }
  let missing = unit(~word);
  // ln(1 - m) = -2 artanh(m / (2 - m)), by its series.
  let x = missing / (2.0 - missing);
  let q = x * x;
  let tail = q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0 + q * (1.0 / 11.0 + q / 13.0)))));
  return 2.0 * (x + x * tail);
}

// The cosine of a word's number of turns. Integers find the place in an eighth of a turn: WGSL's own has an absolute error, which
// is much of what is near 0.
fn cosine_of_turns(word: u32) -> f32 {
  let half = select(word, ~word, word >= 0x80000000u);
  let is_negative = half >= 0x40000000u;
  let quarter = select(half, 0x7fffffffu - half, is_negative);
  let is_sine = quarter >= 0x20000000u;
  let eighth = select(quarter, 0x3fffffffu - quarter, is_sine);
  let x = unit(eighth) * 6.283185307179586;
  let q = x * x;
  let sine = x - x * q * (1.0 / 6.0 - q * (1.0 / 120.0 - q * (1.0 / 5040.0 - q / 362880.0)));
  let cosine = 1.0 - q * (0.5 - q * (1.0 / 24.0 - q * (1.0 / 720.0 - q / 40320.0)));
  let magnitude = select(cosine, sine, is_sine);
  return select(magnitude, -magnitude, is_negative);
}

// G. E. P. Box, M. E. Muller, "A note on the generation of random normal deviates", 1958.
fn normal(words: vec2<u32>) -> f32 {
  return sqrt(2.0 * negative_logarithm(words.x)) * cosine_of_turns(words.y);
}

// The bits of an intensity with noise.
fn with_noise(intensity: u32, noise: f32) -> u32 {
  if (is_nan(intensity)) {
    return intensity;
  }
  if ((intensity & INFINITY) == INFINITY) {
    // As much is taken away as there is, which leaves no number.
    return select(intensity, NAN, KIND == MULTIPLICATIVE && noise <= 0.0);
  }
  let number = bitcast<f32>(intensity);
  return bitcast<u32>(number + select(noise, number * noise, KIND == MULTIPLICATIVE));
}

fn noisy(i: u32) -> u32 {
  let words = words_at(wide_sum(params.first, vec2(i, 0u)));
  if (KIND == IMPULSE && is_among(words.x, params.amount)) {
    return bitcast<u32>(select(params.low, 1.0, is_among(words.y, params.salt)));
  }
  // A float keeps its bits.
  var intensity = source_word(word_of(i));
  if (DTYPE != F32) {
    intensity = bitcast<u32>(source_value(i) * params.scale);
  }
  if (KIND != IMPULSE) {
    let deviation = deviations[select(0u, i, EACH)];
    intensity = with_noise(intensity, params.mean + deviation * normal(words));
  }
  if (!CLIP || is_nan(intensity)) {
    return intensity;
  }
  let low = bitcast<u32>(params.low);
  let one = bitcast<u32>(1.0);
  let clipped = select(intensity, low, order(intensity) < order(low));
  return select(clipped, one, order(clipped) > order(one));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i < params.count) {
    result[i] = noisy(i);
  }
}
