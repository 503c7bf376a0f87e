// The words of an image of which a kernel may see two windows only: the rows of its tile with their halo, and beyond an
// edge that wraps those of the other end. Indices are those of the whole image.
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(4) var<storage, read> beyond: array<u32>;

// Whether the windows do not begin with the image.
override WINDOWED: bool = false;

fn source_word(i: u32) -> u32 {
  if (!WINDOWED) {
    return source[i];
  }
  let place = i - params.source_first;
  if (place < arrayLength(&source)) {
    return source[place];
  }
  return beyond[i - params.beyond_first];
}
