// Two images compared, block by block, one workgroup each: what metrics are made of.
struct Params {
  // Samples of the tile, and which block the first of them is in.
  count: u32,
  first_block: u32,
  first_word: u32,
  // What samples are multiplied by, so that their squares are neither too large nor too small.
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// For each block: the bits of the sums of squared differences, of squared samples of the first image and of its samples, and those of the
// largest sample of both by magnitude.
@group(0) @binding(3) var<storage, read_write> sums: array<vec4<u32>>;

const BLOCK = 16384u;

alias Element = vec4<u32>;

fn combined(a: Element, b: Element) -> Element {
  let sum = bitcast<vec3<f32>>(a.xyz) + bitcast<vec3<f32>>(b.xyz);
  return vec4(bitcast<vec3<u32>>(sum), max(a.w, b.w));
}

fn element(i: u32) -> Element {
  let word = word_of(i);
  let a = source_word(word);
  let b = other_word(word);
  let sample = value_in(a, i) * params.scale;
  var difference = sample - value_in(b, i) * params.scale;
  var largest = 0u;
  if (DTYPE == 3u) {
    largest = max(a & 0x7fffffffu, b & 0x7fffffffu);
  } else {
    difference = level_distance(level_in(a, i), level_in(b, i));
  }
  return vec4(bitcast<vec3<u32>>(vec3(difference * difference, sample * sample, sample)), largest);
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let block = line(at.group, at.groups);
  let end = min(params.count, (block + 1u) * BLOCK);
  var own = Element();
  for (var i = block * BLOCK + place_of(at); i < end; i += 256u) {
    own = combined(own, element(i));
  }
  let all = reduced(own, at);
  // The line of workgroups is folded, and may have more than there are blocks.
  if (at.local == 0u && block * BLOCK < params.count) {
    sums[params.first_block + block] = all;
  }
}
