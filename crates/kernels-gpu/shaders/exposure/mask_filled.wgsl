// The image under a mask, and one sample everywhere else; a word of it to an invocation.
struct Params {
  count: u32,
  outside: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

// Samples in a word: 4, 2 or 1.
override PER_WORD: u32 = 1u;

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
  var word = 0u;
  for (var k = 0u; k < PER_WORD && first + k < params.count; k++) {
    let i = first + k;
    word |= select(params.outside, sample_at(i), is_under_mask(i)) << (k * (32u / PER_WORD));
  }
  result[at] = word;
}
