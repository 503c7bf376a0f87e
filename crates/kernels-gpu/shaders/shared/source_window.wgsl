// The words of an image of which a kernel may see a window only, from word `first_word` on. Indices are those of the whole image.
@group(0) @binding(1) var<storage, read> source: array<u32>;

fn source_word(i: u32) -> u32 {
  return source[i - params.first_word];
}
