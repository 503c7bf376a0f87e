// Samples of several images in their words, each of a dtype of its own.

// Which word holds sample `i`.
fn word_of(i: u32, dtype: u32) -> u32 {
  return select(select(i, i >> 1u, dtype == U16), i >> 2u, dtype == U8);
}

// Sample `i` in its word: an unsigned one is its level, others are their bits.
fn sample_in(word: u32, i: u32, dtype: u32) -> u32 {
  if (dtype == U8) {
    return (word >> ((i & 3u) * 8u)) & 0xffu;
  }
  if (dtype == U16) {
    return (word >> ((i & 1u) * 16u)) & 0xffffu;
  }
  return word;
}
