// Samples around a place and their weights: linear, or cubic by Keys's kernel (1981) with a = -1/2.

// Taps in a direction: 2 or 4.
override TAPS: u32 = 2u;

struct Taps {
  first: i32,
  weights: vec4<f32>,
}

fn taps(whole: i32, share: u32) -> Taps {
  let t = f32(share) * exp2(-32.0);
  if (TAPS == 2u) {
    return Taps(whole, vec4(1.0 - t, t, 0.0, 0.0));
  }
  return Taps(whole - 1, vec4(
    t * (-0.5 + t * (1.0 - 0.5 * t)),
    1.0 + t * t * (-2.5 + 1.5 * t),
    t * (0.5 + t * (2.0 - 1.5 * t)),
    t * t * (-0.5 + 0.5 * t),
  ));
}
