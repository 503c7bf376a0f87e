// Coefficients around a place and their weights: B-splines, by the recursion of Cox and de Boor.

// Taps in a direction, one more than the degree: 3 to 6.
override TAPS: u32 = 4u;
// Rows and columns of coefficients before those of the image.
override PADDING: u32 = 0u;

struct Taps {
  first: i32,
  weights: array<f32, 6>,
}

fn taps(whole: i32, share: u32) -> Taps {
  // Where they are an odd number, the middle one is that of the nearest sample.
  var first = whole;
  var rest = share;
  if (TAPS % 2u == 1u) {
    first += i32(share >> 31u) - 1;
    rest = share + 0x80000000u;
  }
  let t = f32(rest) * exp2(-32.0);
  var weights: array<f32, 6>;
  weights[0] = 1.0;
  for (var degree = 1u; degree < TAPS; degree++) {
    let share_of_one = 1.0 / f32(degree);
    for (var k = 0u; k <= degree; k++) {
      // From the last one down: each is made of itself and the one before it.
      let i = degree - k;
      let before = select(0.0, weights[max(i, 1u) - 1u], i > 0u);
      weights[i] = ((t + f32(k)) * before + (f32(i + 1u) - t) * weights[i]) * share_of_one;
    }
  }
  return Taps(first + i32(PADDING) + 1 - i32(TAPS / 2u), weights);
}
