// Samples whose regions do not touch the border, and a constant for the others; a word of the result per invocation.
struct Params {
  // Pixels, and words of the result.
  count: u32,
  words: u32,
  // The bits of the constant.
  cleared: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> regions: array<u32>;
@group(0) @binding(3) var<storage, read> touching: array<u32>;
@group(0) @binding(4) var<storage, read_write> result: array<u32>;

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
  let bits = 32u / samples;
  let all = 0xffffffffu >> (32u - bits);
  var word = source_word(i);
  for (var k = 0u; k < samples; k++) {
    let pixel = i * samples + k;
    if (pixel < params.count && touching[regions[pixel]] == 1u) {
      word = (word & ~(all << (k * bits))) | (params.cleared << (k * bits));
    }
  }
  result[i] = word;
}
