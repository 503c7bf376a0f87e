// One channel of an image; a word of it to an invocation.
struct Params {
  count: u32,
  channels: u32,
  channel: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;

// Samples in a word: 4, 2 or 1.
override PER_WORD: u32 = 1u;

fn sample_of(pixel: u32) -> u32 {
  let i = pixel * params.channels + params.channel;
  return bitcast<u32>(level_in(source_word(word_of(i)), i));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = line(group, groups) * 256u + local;
  let first = at * PER_WORD;
  if (first >= params.count) {
    return;
  }
  var word = sample_of(first);
  for (var k = 1u; k < PER_WORD && first + k < params.count; k++) {
    word |= sample_of(first + k) << (k * (32u / PER_WORD));
  }
  result[at] = word;
}
