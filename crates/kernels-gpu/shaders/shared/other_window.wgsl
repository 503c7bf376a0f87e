// The words of a second image of the same shape and dtype, of which a kernel sees the same window.
@group(0) @binding(2) var<storage, read> other: array<u32>;

fn other_word(i: u32) -> u32 {
  return other[i - params.first_word];
}
