// Intensities in 64 bits, 0 outside of a mask; or of a mask, 1 where it is not 0.
struct Params {
  // Pixels of the tile.
  count: u32,
  // The intensity of a level of 1.
  scale_high: u32,
  scale_low: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> mask: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<vec2<u32>>;

// Whether there is a mask, of bytes.
override MASKED: bool = false;
// Whether the samples are those of a mask.
override PRESENCE: bool = false;

fn intensity(i: u32) -> Double {
  if (DTYPE == 3u) {
    return double_of_single(source_word(i));
  }
  let value = double_times(double_of_level(source_level(i)), vec2(params.scale_high, params.scale_low));
  // The lowest level of signed integers lies beyond -1.
  let one = vec2(value.x & DOUBLE_SIGN, 0u) | DOUBLE_ONE;
  return select(value, one, long_less(DOUBLE_ONE, double_magnitude(value)));
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 64u + local;
  if (i >= params.count) {
    return;
  }
  if (PRESENCE) {
    result[i] = select(vec2(0u), DOUBLE_ONE, source_level(i) != 0);
    return;
  }
  if (MASKED && ((mask[i >> 2u] >> ((i & 3u) * 8u)) & 0xffu) == 0u) {
    result[i] = vec2(0u);
    return;
  }
  result[i] = intensity(i);
}
