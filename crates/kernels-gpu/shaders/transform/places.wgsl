// Tables of places by an image of them, which has the row and the column of each pixel: fixed-point numbers of 32 bits before and 32 behind
// the point, found by integers, so that they are those that would be computed in 64 bits.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Of each pixel; numbers of 64 bits, the upper half first.
@group(0) @binding(2) var<storage, read_write> columns: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read_write> rows: array<vec2<u32>>;

// What stands for a place that is none: NaN, and what is 2³¹ or more.
const NOWHERE = vec2(0x80000000u, 0u);

fn fixed(i: u32) -> vec2<u32> {
  if (DTYPE != 3u) {
    // The least level of all is too far, and the same.
    return vec2(bitcast<u32>(source_level(i)), 0u);
  }
  let bits = source_word(i);
  let exponent = (bits >> 23u) & 0xffu;
  if (exponent >= 158u) {
    return NOWHERE;
  }
  // Times 2 to the power of the exponent less 118; what is below one half is none.
  let significand = (bits & 0x7fffffu) | 0x800000u;
  var size = vec2(0u);
  if (exponent >= 150u) {
    size = vec2(significand << (exponent - 150u), 0u);
  } else if (exponent > 118u) {
    size = vec2(significand >> (150u - exponent), significand << (exponent - 118u));
  } else if (exponent == 118u) {
    size = vec2(0u, significand);
  } else if (exponent >= 94u) {
    let shift = 118u - exponent;
    size = vec2(0u, (significand + (1u << (shift - 1u))) >> shift);
  }
  if (bits >> 31u == 1u) {
    return long_negative(size);
  }
  return size;
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i < params.count) {
    rows[i] = fixed(2u * i);
    columns[i] = fixed(2u * i + 1u);
  }
}
