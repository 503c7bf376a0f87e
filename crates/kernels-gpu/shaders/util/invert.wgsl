// The range of the samples turned over, a word at a time: for integers of any width the complement of the bits, which is
// the difference from the greatest sample, or from -1 where there is a sign.
struct Params {
  words: u32,
  // 0 takes floats from 1, 1 changes their sign.
  signed_float: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> inverted: array<u32>;

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
  let bits = source_word(i);
  if (DTYPE != 3u) {
    inverted[i] = ~bits;
  } else if (params.signed_float != 0u) {
    inverted[i] = bits ^ 0x80000000u;
  } else if (is_nan(bits)) {
    inverted[i] = bits;
  } else {
    inverted[i] = bitcast<u32>(1.0 - bitcast<f32>(bits));
  }
}
