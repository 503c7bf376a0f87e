// The value of HSV, which is the greatest of red, green and blue: of integers in 16 bits, of floats as it is, NaN if one is.
struct Params {
  pixels: u32,
  channels: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;

// Samples of the result in a word: 2 or 1.
override PER_WORD: u32 = 1u;

fn in_16_bits(level: i32) -> u32 {
  if (DTYPE == 0u) {
    return u32(level) * 257u;
  }
  if (DTYPE == 1u) {
    return u32(level);
  }
  // The nearest to level × 65535 / (2³¹ - 1): a quotient by 2³¹, whose rest grows by the quotient and is less than two divisors.
  let scaled = product(u32(max(level, 0)), 65535u);
  let quotient = (scaled.x << 1u) | (scaled.y >> 31u);
  let rest = (scaled.y & 0x7fffffffu) + quotient;
  return quotient + select(0u, 1u, rest >= 0x40000000u);
}

fn greater(a: u32, b: u32) -> u32 {
  return select(b, a, is_nan(a) || (!is_nan(b) && order(a) >= order(b)));
}

fn value(pixel: u32) -> u32 {
  let first = pixel * params.channels;
  if (DTYPE == 3u) {
    return greater(greater(source_word(first), source_word(first + 1u)), source_word(first + 2u));
  }
  return in_16_bits(max(max(source_level(first), source_level(first + 1u)), source_level(first + 2u)));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = line(group, groups) * 256u + local;
  let first = at * PER_WORD;
  if (first >= params.pixels) {
    return;
  }
  var word = value(first);
  if (PER_WORD == 2u && first + 1u < params.pixels) {
    word |= value(first + 1u) << 16u;
  }
  result[at] = word;
}
