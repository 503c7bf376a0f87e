// Every sample three times, a word of the result at a time: four samples of 8 bits, two of 16, one of 32.
struct Params {
  pixels: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> rgb: array<u32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let per_word = select(select(1u, 2u, DTYPE == 1u), 4u, DTYPE == 0u);
  let samples = 3u * params.pixels;
  let word = line(group, groups) * 256u + local;
  if (word >= (samples + per_word - 1u) / per_word) {
    return;
  }
  if (per_word == 1u) {
    rgb[word] = source_word(word / 3u);
    return;
  }
  var bits = 0u;
  for (var k = 0u; k < per_word; k++) {
    let i = per_word * word + k;
    if (i < samples) {
      bits |= u32(source_level(i / 3u)) << (k * 32u / per_word);
    }
  }
  rgb[word] = bits;
}
