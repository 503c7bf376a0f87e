// A sample on its way through point-wise functions, whatever its dtype: an unsigned one is its level, a signed one and a
// float are their bits.
const U8: u32 = 0u;
const U16: u32 = 1u;
const I32: u32 = 2u;
const F32: u32 = 3u;

// The bits of floats that WGSL has no literals for.
const NAN: u32 = 0x7fc00000u;
const INFINITY: u32 = 0x7f800000u;

// Infinity times a number.
fn infinite(factor: f32) -> u32 {
  if (factor == 0.0) {
    return NAN;
  }
  return select(INFINITY, INFINITY | 0x80000000u, factor < 0.0);
}

// A sample as a number, not scaled.
fn number(x: u32, dtype: u32) -> f32 {
  if (dtype == F32) {
    return bitcast<f32>(x);
  }
  if (dtype == I32) {
    return f32(bitcast<i32>(x));
  }
  return f32(x);
}

// Those of a pixel.
fn numbers(x: vec3<u32>, dtype: u32) -> vec3<f32> {
  return vec3(number(x.x, dtype), number(x.y, dtype), number(x.z, dtype));
}
