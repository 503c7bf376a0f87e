// The nearest pixel to each place, in the image's own dtype: a word of the result per invocation.
struct Params {
  // Samples and words of the result.
  count: u32,
  words: u32,
  width: u32,
  // Of the image.
  source_width: u32,
  source_height: u32,
  // The bits of a sample.
  cval: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(4) var<storage, read_write> nearest: array<u32>;

override CHANNELS: u32 = 1u;

fn bits(sample: u32) -> u32 {
  let pixel = sample / CHANNELS;
  let at = place(pixel % params.width, pixel / params.width);
  let column = border(at.column + i32(at.column_share >> 31u), i32(params.source_width));
  let row = border(at.row + i32(at.row_share >> 31u), i32(params.source_height));
  if (column < 0 || row < 0) {
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
  if (i >= params.words) {
    return;
  }
  // Samples in a word: 4 of 8 bits, 2 of 16, 1 of 32.
  let samples = select(select(1u, 2u, DTYPE == 1u), 4u, DTYPE == 0u);
  var word = 0u;
  for (var s = 0u; s < samples; s++) {
    let sample = i * samples + s;
    if (sample < params.count) {
      word |= bits(sample) << (s * (32u / samples));
    }
  }
  nearest[i] = word;
}
