// The words of an image that a kernel reads.
@group(0) @binding(1) var<storage, read> source: array<u32>;

fn source_word(i: u32) -> u32 {
  return source[i];
}
