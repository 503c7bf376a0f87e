// The samples of the image that a kernel reads, whatever its dtype: 8-bit samples lie four to a word, 16-bit ones two.

// The dtype: 0 is 8 bits unsigned, 1 is 16 bits unsigned, 2 is 32 bits signed, 3 is 32-bit float.
override DTYPE: u32 = 3u;

// Which word holds sample `i`.
fn word_of(i: u32) -> u32 {
  return select(select(i, i >> 1u, DTYPE == 1u), i >> 2u, DTYPE == 0u);
}

// Sample `i` of an integer image, in its word.
fn level_in(word: u32, i: u32) -> i32 {
  if (DTYPE == 0u) {
    return i32((word >> ((i & 3u) * 8u)) & 0xffu);
  }
  if (DTYPE == 1u) {
    return i32((word >> ((i & 1u) * 16u)) & 0xffffu);
  }
  return bitcast<i32>(word);
}

// Sample `i` as a number, not scaled, in its word.
fn value_in(word: u32, i: u32) -> f32 {
  if (DTYPE == 3u) {
    return bitcast<f32>(word);
  }
  return f32(level_in(word, i));
}

// Sample `i` of an integer image.
fn source_level(i: u32) -> i32 {
  return level_in(source_word(word_of(i)), i);
}

// Sample `i` as a number, not scaled.
fn source_value(i: u32) -> f32 {
  return value_in(source_word(word_of(i)), i);
}

// Whether sample `i` is 0, either one of floats; NaN is not, and neither are denormals.
fn source_is_zero(i: u32) -> bool {
  let level = bitcast<u32>(level_in(source_word(word_of(i)), i));
  return select(level, level & 0x7fffffffu, DTYPE == 3u) == 0u;
}
