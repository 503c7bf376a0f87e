// The nearest pixel to each place, in the image's own dtype: a word of the result per invocation, or a pixel where the result is made in
// parts, of which several may share a word.
struct Params {
  // Samples and words of the result.
  count: u32,
  words: u32,
  // Pixels of the part to do, its columns, and the first of them and of its rows.
  pixels: u32,
  columns: u32,
  left: u32,
  top: u32,
  // Columns of the result.
  width: u32,
  // Of the image.
  source_width: u32,
  source_height: u32,
  // The first words of what is bound of the image, of its other rows, and of the result.
  source_first: u32,
  beyond_first: u32,
  nearest_first: u32,
  // The bits of a sample.
  cval: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(5) var<storage, read_write> nearest: array<atomic<u32>>;

override CHANNELS: u32 = 1u;

// Whether the place half a pixel beyond a pixel lies where SciPy folds the line back: it rounds after that, so that a half goes the other way.
fn is_mirrored(pixel: i32, length: i32) -> bool {
  if ((BORDER != 0u && BORDER != 3u) || (pixel >= 0 && pixel < length - 1)) {
    return false;
  }
  // Whether a line and its mirror image have one end sample.
  let once = select(0, 1, BORDER == 3u);
  let period = max(2 * (length - once), 1);
  if (pixel < 0) {
    return (pixel + 1) % period - 1 >= once - length;
  }
  return pixel % period >= length;
}

// The nearest pixel of a line to a place, of two that are equally near the upper one.
fn nearest_in_line(pixel: i32, share: u32, length: i32) -> i32 {
  let is_down = share == 0x80000000u && is_mirrored(pixel, length);
  return border(pixel + select(i32(share >> 31u), 0, is_down), length);
}

fn bits(sample: u32) -> u32 {
  let pixel = sample / CHANNELS;
  let at = place(pixel % params.width, pixel / params.width);
  let column = nearest_in_line(at.column, at.column_share, i32(params.source_width));
  let row = nearest_in_line(at.row, at.row_share, i32(params.source_height));
  if (!at.there || column < 0 || row < 0) {
    return params.cval;
  }
  let i = (u32(row) * params.source_width + u32(column)) * CHANNELS + sample % CHANNELS;
  if (DTYPE == 3u) {
    return source_word(i);
  }
  return bitcast<u32>(source_level(i));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  // Samples in a word: 4 of 8 bits, 2 of 16, 1 of 32.
  let samples = select(select(1u, 2u, DTYPE == 1u), 4u, DTYPE == 0u);
  let size = 32u / samples;
  if (WINDOWED) {
    if (i >= params.pixels) {
      return;
    }
    let pixel = (params.top + i / params.columns) * params.width + params.left + i % params.columns;
    for (var sample = pixel * CHANNELS; sample < (pixel + 1u) * CHANNELS; sample++) {
      // A sample of the constant may have a sign beyond its size.
      let own = bits(sample) & (0xffffffffu >> (32u - size));
      atomicOr(&nearest[sample / samples - params.nearest_first], own << (sample % samples * size));
    }
    return;
  }
  if (i >= params.words) {
    return;
  }
  var word = 0u;
  for (var s = 0u; s < samples; s++) {
    let sample = i * samples + s;
    if (sample < params.count) {
      word |= bits(sample) << (s * size);
    }
  }
  atomicStore(&nearest[i], word);
}
