// The strength of each ridge, where it is greater than at the scales before.
struct Params {
  // Pixels of the tile.
  count: u32,
  // What squares of norms are divided by; 0 for half of the greatest one.
  divisor_high: u32,
  divisor_low: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> lines: array<f32>;
// High halves of the squares of norms.
@group(0) @binding(2) var<storage, read> squares: array<u32>;
// Their least and greatest keys, at the first scale.
@group(0) @binding(3) var<storage, read> extrema: array<u32>;
// Bits of floats that are not negative, whose order is theirs, above all of them NaN.
@group(0) @binding(4) var<storage, read_write> strengths: array<u32>;

const HALF = vec2(0x3fe00000u, 0u);
const DOUBLE_TWO = vec2(0x40000000u, 0u);
const NAN: u32 = 0x7fc00000u;

fn divisor() -> Double {
  let given = vec2(params.divisor_high, params.divisor_low);
  if (!double_is_zero(given)) {
    return given;
  }
  let greatest = vec2(extrema[1] ^ 0x80000000u, 0u);
  // Where all is flat contrast does not matter.
  return select(double_times(greatest, HALF), DOUBLE_TWO, double_is_zero(greatest));
}

// What e to the power of -x lacks of 1.
fn lacking(x: f32) -> f32 {
  // Next to 1 numbers of 64 bits are so far apart.
  if (x < 0x1p-24) {
    return round(x * 0x1p53) * 0x1p-53;
  }
  if (x < 0.25) {
    return x * (1.0 - x / 2.0 * (1.0 - x / 3.0 * (1.0 - x / 4.0 * (1.0 - x / 5.0))));
  }
  return 1.0 - exp(-min(x, 100.0));
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
  let contrast = double_quotient(vec2(squares[i], 0u), divisor());
  var strength = NAN;
  if (!double_is_nan(contrast)) {
    strength = bitcast<u32>(lines[i] * lacking(single_within(contrast)));
  }
  strengths[i] = max(strengths[i], strength);
}
