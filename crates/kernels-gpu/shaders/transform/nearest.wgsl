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

fn bits(sample: u32) -> u32 {
  let pixel = sample / CHANNELS;
  let at = place(pixel % params.width, pixel / params.width);
  let column = border(at.column + i32(at.column_share >> 31u), i32(params.source_width));
  let row = border(at.row + i32(at.row_share >> 31u), i32(params.source_height));
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
