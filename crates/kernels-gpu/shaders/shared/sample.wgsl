// The samples of the image that a kernel reads, whatever its dtype: 8-bit samples lie four to a word, 16-bit ones two.

// The dtype: 0 is 8 bits unsigned, 1 is 16 bits unsigned, 2 is 32 bits signed, 3 is 32-bit float.
override DTYPE: u32 = 3u;

// Sample `i` of an integer image.
fn source_level(i: u32) -> i32 {
  if (DTYPE == 0u) {
    return i32((source_word(i >> 2u) >> ((i & 3u) * 8u)) & 0xffu);
  }
  if (DTYPE == 1u) {
    return i32((source_word(i >> 1u) >> ((i & 1u) * 16u)) & 0xffffu);
  }
  return bitcast<i32>(source_word(i));
}

// Sample `i` as a number, not scaled.
fn source_value(i: u32) -> f32 {
  if (DTYPE == 3u) {
    return bitcast<f32>(source_word(i));
  }
  return f32(source_level(i));
}
