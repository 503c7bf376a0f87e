// The extremes of blocks, from the marks of those down their columns, which are bound for the source: samples of the image's dtype, a word of them to an invocation.
struct Params {
  // The words to do, and the first of them; samples of the result.
  words: u32,
  begin: u32,
  count: u32,
  channels: u32,
  // Columns before and after, and those of a block.
  width: u32,
  to_width: u32,
  columns: u32,
  // The mark of what fills blocks.
  cval: u32,
  // The first words of what is bound of the marks, and of the result.
  first_word: u32,
  extremes_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> extremes: array<u32>;

override LEAST: bool = false;

fn extreme(i: u32) -> u32 {
  let pixel = i / params.channels;
  let left = pixel % params.to_width * params.columns;
  let row = pixel / params.to_width * params.width;
  var most = select(0u, params.cval, left + params.columns > params.width);
  for (var x = left; x < min(left + params.columns, params.width); x++) {
    most = max(most, source_word((row + x) * params.channels + i % params.channels));
  }
  return sample_of(select(most, ~most, LEAST && (DTYPE != 3u || most != NAN)));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.words) {
    return;
  }
  // Samples in a word: 4 of 8 bits, 2 of 16, 1 of 32.
  let samples = select(select(1u, 2u, DTYPE == 1u), 4u, DTYPE == 0u);
  let first = (params.begin + place) * samples;
  var word = 0u;
  for (var s = 0u; s < samples && first + s < params.count; s++) {
    word |= extreme(first + s) << (s * (32u / samples));
  }
  extremes[params.begin + place - params.extremes_first] = word;
}
