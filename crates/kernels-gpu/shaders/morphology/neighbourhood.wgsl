// The least or the greatest sample in the footprint around each pixel, a word of the result per invocation. The footprint
// comes as chords, cells side by side; the pixels of a word that lie in one row share what they read of each.
//
// Samples are compared as signed keys: `order` of the bits with the sign bit flipped for floats, the level for integers.
struct Params {
  width: u32,
  height: u32,
  // The words of the result to do, and the first words of what is bound of source, of source beyond the edges, of the
  // image to combine with, and of the result.
  first_word: u32,
  words: u32,
  source_first: u32,
  beyond_first: u32,
  image_first: u32,
  result_first: u32,
  chords: u32,
  // The key of what lies beyond the edge with a constant border.
  cval: i32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Of each chord the way from the pixel to its first cell, (rows, columns), and how many cells.
@group(0) @binding(2) var<storage, read> chords: array<vec4<i32>>;
// The words of the image that the result is combined with.
@group(0) @binding(3) var<storage, read> image: array<u32>;
@group(0) @binding(5) var<storage, read_write> result: array<u32>;

// Whether to take the greatest sample.
override GREATEST: bool = false;
// 0 leaves the result as it is, 1 takes it from the image, 2 takes the image from it.
override COMBINE: u32 = 0u;

const LEAST_KEY = i32(-0x7fffffff - 1);
const GREATEST_KEY = 0x7fffffffi;

// The key that no other gives way to; NaN has it, too.
fn neutral() -> i32 {
  return select(GREATEST_KEY, LEAST_KEY, GREATEST);
}

fn key(i: u32) -> i32 {
  if (DTYPE != 3u) {
    return source_level(i);
  }
  let bits = source_word(i);
  if (is_nan(bits)) {
    return neutral();
  }
  return bitcast<i32>(order(bits) ^ 0x80000000u);
}

fn better(a: vec4<i32>, b: i32) -> vec4<i32> {
  if (GREATEST) {
    return max(a, vec4(b));
  }
  return min(a, vec4(b));
}

// The keys of up to four pixels that follow each other in a row; of further ones anything.
fn around(y: i32, x: i32, pixels: i32) -> vec4<i32> {
  let lanes = vec4(0, 1, 2, 3);
  var best = vec4(neutral());
  for (var c = 0u; c < params.chords; c++) {
    let chord = chords[c];
    let row = border(y + chord.x, i32(params.height));
    let span = chord.z + pixels - 1;
    for (var i = 0; i < span; i++) {
      let column = border(x + chord.y + i, i32(params.width));
      var one = params.cval;
      if (row >= 0 && column >= 0) {
        one = key(u32(row) * params.width + u32(column));
      }
      let inside = (vec4(i) >= lanes) & (vec4(i) < lanes + chord.z);
      best = select(best, better(best, one), inside);
    }
  }
  return best;
}

// The bits of a sample, the lowest ones where there are fewer than 32, combined with those of the image.
fn sample_bits(best: i32, other: u32) -> u32 {
  if (DTYPE != 3u) {
    let bits = bitcast<u32>(best);
    if (COMBINE == 1u) {
      return other - bits;
    }
    return select(bits, bits - other, COMBINE == 2u);
  }
  var bits = 0x7fc00000u;
  if (best != neutral()) {
    // Back from `order` with the sign bit flipped.
    bits = bitcast<u32>(select(best, best ^ 0x7fffffff, best < 0));
  }
  if (COMBINE == 0u) {
    return bits;
  }
  if (is_nan(bits) || is_nan(other)) {
    return 0x7fc00000u;
  }
  let difference = bitcast<f32>(other) - bitcast<f32>(bits);
  return bitcast<u32>(select(difference, -difference, COMBINE == 2u));
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 64u + local;
  if (place >= params.words) {
    return;
  }
  let word = params.first_word + place;
  let size = select(select(32u, 16u, DTYPE == 1u), 8u, DTYPE == 0u);
  let samples = 32u / size;
  let mask = 0xffffffffu >> (32u - size);
  var other = 0u;
  if (COMBINE != 0u) {
    other = image[word - params.image_first];
  }
  var bits = 0u;
  var done = 0u;
  while (done < samples) {
    let i = word * samples + done;
    if (i >= params.width * params.height) {
      break;
    }
    let x = i % params.width;
    let pixels = min(samples - done, params.width - x);
    let best = around(i32(i / params.width), i32(x), i32(pixels));
    for (var p = 0u; p < pixels; p++) {
      let shift = (done + p) * size;
      bits |= (sample_bits(best[p], (other >> shift) & mask) & mask) << shift;
    }
    done += pixels;
  }
  result[word - params.result_first] = bits;
}
