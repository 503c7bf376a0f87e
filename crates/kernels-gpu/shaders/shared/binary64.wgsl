// Floats of 64 bits with their signs, infinities and NaN, by `ieee754`, each operation rounded to the nearest and of two to the even one. Zeros
// may have either sign. What would be subnormal is 0, and arguments are not; nothing may become infinite by rounding.
alias Double = vec2<u32>;

const DOUBLE_SIGN: u32 = 0x80000000u;
const DOUBLE_ONE = vec2(0x3ff00000u, 0u);
const DOUBLE_NAN = vec2(0x7ff80000u, 0u);

fn double_magnitude(a: Double) -> Double {
  return vec2(a.x & 0x7fffffffu, a.y);
}

// The bits, as a number.
fn long_less(a: vec2<u32>, b: vec2<u32>) -> bool {
  return a.x < b.x || (a.x == b.x && a.y < b.y);
}

fn long_difference(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  return vec2(a.x - b.x - u32(a.y < b.y), a.y - b.y);
}

// By less than 32, and not by 0.
fn long_left(a: vec2<u32>, bits: u32) -> vec2<u32> {
  return vec2((a.x << bits) | (a.y >> (32u - bits)), a.y << bits);
}

// Of a number its exponent, with 1023 more.
fn exponent_of(a: Double) -> u32 {
  return (a.x >> 20u) & 0x7ffu;
}

fn double_is_zero(a: Double) -> bool {
  return ((a.x & 0x7fffffffu) | a.y) == 0u;
}

fn double_is_nan(a: Double) -> bool {
  return long_less(vec2(0x7ff00000u, 0u), double_magnitude(a));
}

// Whether it is an infinity or NaN.
fn double_is_special(a: Double) -> bool {
  return (a.x & 0x7ff00000u) == 0x7ff00000u;
}

fn double_is_positive(a: Double) -> bool {
  return (a.x & DOUBLE_SIGN) == 0u && !double_is_zero(a) && !double_is_nan(a);
}

// Whether one is not greater than another, none of which is negative.
fn double_at_most(a: Double, b: Double) -> bool {
  return !double_is_nan(a) && !double_is_nan(b) && !long_less(b, a);
}

// A float of 32 bits, subnormal ones too, by its bits.
fn double_of_single(bits: u32) -> Double {
  let sign = bits & DOUBLE_SIGN;
  let fraction = bits & 0x7fffffu;
  let exponent = (bits >> 23u) & 0xffu;
  if (exponent == 0xffu) {
    return vec2(sign | 0x7ff00000u | (fraction >> 3u), fraction << 29u);
  }
  if (exponent == 0u) {
    if (fraction == 0u) {
      return vec2(sign, 0u);
    }
    let shift = countLeadingZeros(fraction) - 8u;
    let scaled = (fraction << shift) & 0x7fffffu;
    return vec2(sign | ((897u - shift) << 20u) | (scaled >> 3u), scaled << 29u);
  }
  return vec2(sign | ((exponent + 896u) << 20u) | (fraction >> 3u), fraction << 29u);
}

// A whole number.
fn double_of_level(level: i32) -> Double {
  let sign = bitcast<u32>(level) & DOUBLE_SIGN;
  return double_of(u32(abs(level))) | vec2(sign, 0u);
}

// Shifts to the right by less than 64; the last bit says whether anything was lost.
fn long_right_sticky(a: vec2<u32>, bits: u32) -> vec2<u32> {
  let by = bits & 31u;
  let far = bits >= 32u;
  let kept = select(a, vec2(0u, a.x), vec2(far));
  let lost = (kept.y & ((1u << by) - 1u)) | select(0u, a.y, far);
  return vec2(kept.x >> by, (kept.y >> by) | ((kept.x << 1u) << (31u - by)) | u32(lost != 0u));
}

// A significand of 56 bits, of which the last three are rounded, with a sign; its first bit is worth the exponent.
fn double_rounded(sign: u32, exponent: u32, bits: vec2<u32>) -> Double {
  let rest = bits.y & 7u;
  let up = rest > 4u || (rest == 4u && (bits.y & 8u) != 0u);
  let least = (bits.x << 29u) | (bits.y >> 3u);
  // A carry out of the significand belongs to the exponent.
  let result = long_sum(vec2((exponent << 20u) + (bits.x >> 3u) - 0x100000u, least), vec2(0u, u32(up)));
  return select(vec2(result.x | sign, result.y), vec2(sign, 0u), vec2(i32(exponent) < 1));
}

// Without branches: invocations seldom agree on one, and some drivers take both.
fn double_sum(a: Double, b: Double) -> Double {
  let swap = long_less(double_magnitude(a), double_magnitude(b));
  let greater = select(a, b, swap);
  let less = select(b, a, swap);
  let apart = ((greater.x ^ less.x) & DOUBLE_SIGN) != 0u;
  let exponent = exponent_of(greater);
  // Three bits more for rounding, of which the last one says whether there is anything beyond.
  let first = long_left(significand(greater), 3u);
  let second = long_right_sticky(long_left(significand(less), 3u), min(exponent - exponent_of(less), 63u));
  var bits = long_sum(first, select(second, long_negative(second), vec2(apart)));
  // What was lost is at most half of the last bit, unless there is one zero at most.
  let zeros = select(countLeadingZeros(bits.x), 32u + countLeadingZeros(bits.y), bits.x == 0u);
  let carry = u32(zeros == 7u);
  let left = zeros + carry - 8u;
  bits = vec2((bits.x << (left & 31u)) | ((bits.y >> 1u) >> (31u - (left & 31u))), bits.y << (left & 31u));
  bits = select(bits, vec2(bits.y, 0u), vec2(left >= 32u));
  bits = vec2(bits.x >> carry, (bits.y >> carry) | ((bits.x & carry) << 31u) | (bits.y & carry));
  let sum = double_rounded(greater.x & DOUBLE_SIGN, exponent + 8u - zeros, bits);
  // Of two that cancel nothing is left. Of all magnitudes NaN is the greatest.
  let finite = select(sum, vec2(0u), vec2(apart && all(double_magnitude(a) == double_magnitude(b))));
  let special = select(greater, DOUBLE_NAN, vec2(apart && double_is_special(less)));
  let known = select(special, vec2(a.x & b.x, 0u), vec2(double_is_zero(greater)));
  return select(finite, known, vec2(double_is_special(greater) || double_is_zero(less)));
}

fn double_difference(a: Double, b: Double) -> Double {
  return double_sum(a, vec2(b.x ^ DOUBLE_SIGN, b.y));
}

fn double_times(a: Double, b: Double) -> Double {
  let sign = (a.x ^ b.x) & DOUBLE_SIGN;
  if (double_is_special(a) || double_is_special(b)) {
    if (double_is_nan(a) || double_is_nan(b) || double_is_zero(a) || double_is_zero(b)) {
      return DOUBLE_NAN;
    }
    return vec2(sign | 0x7ff00000u, 0u);
  }
  let product = double_product(double_magnitude(a), double_magnitude(b));
  return vec2(product.x | sign, product.y);
}

// Twice a number.
fn double_twice(a: Double) -> Double {
  if (double_is_special(a) || double_is_zero(a)) {
    return a;
  }
  return vec2(a.x + 0x100000u, a.y);
}

// By long division, a bit at a time.
fn double_quotient(a: Double, b: Double) -> Double {
  let sign = (a.x ^ b.x) & DOUBLE_SIGN;
  if (double_is_special(a) || double_is_special(b) || double_is_zero(a) || double_is_zero(b)) {
    let both_special = double_is_special(a) && double_is_special(b);
    if (double_is_nan(a) || double_is_nan(b) || both_special || (double_is_zero(a) && double_is_zero(b))) {
      return DOUBLE_NAN;
    }
    return vec2(sign | select(0u, 0x7ff00000u, double_is_special(a) || double_is_zero(b)), 0u);
  }
  let divisor = significand(b);
  var rest = significand(a);
  var exponent = ((a.x >> 20u) & 0x7ffu) + 1023u - ((b.x >> 20u) & 0x7ffu);
  if (long_less(rest, divisor)) {
    rest = long_left(rest, 1u);
    exponent--;
  }
  // 53 bits, one for rounding, and one of which it is the last.
  var bits = vec2(0u);
  for (var i = 0u; i < 55u; i++) {
    bits = long_left(bits, 1u);
    if (!long_less(rest, divisor)) {
      rest = long_difference(rest, divisor);
      bits.y |= 1u;
    }
    rest = long_left(rest, 1u);
  }
  bits = long_left(bits, 1u);
  bits.y |= u32((rest.x | rest.y) != 0u);
  return double_rounded(sign, exponent, bits);
}

// The square root of a number that is not negative, a bit at a time, from the first on.
fn double_root(a: Double) -> Double {
  if (double_is_special(a) || double_is_zero(a)) {
    return a;
  }
  // Odd powers of two give one to the significand, whose root then has 53 bits before the point, and two for rounding.
  let biased = (a.x >> 20u) + 1023u;
  var rest = significand(a);
  if ((biased & 1u) == 1u) {
    rest = long_left(rest, 1u);
  }
  // What is left of the number from the first bits on, two of them more at each step.
  var number = long_left(rest, 10u);
  rest = vec2(0u);
  var root = vec2(0u);
  for (var i = 0u; i < 55u; i++) {
    rest = long_left(rest, 2u);
    rest.y |= number.x >> 30u;
    number = long_left(number, 2u);
    let trial = long_left(root, 2u) | vec2(0u, 1u);
    root = long_left(root, 1u);
    if (!long_less(rest, trial)) {
      rest = long_difference(rest, trial);
      root.y |= 1u;
    }
  }
  root = long_left(root, 1u);
  root.y |= u32((rest.x | rest.y) != 0u);
  return double_rounded(0u, biased >> 1u, root);
}

// A number that is not negative in 32 bits, as near as they come: 0 where it is too small for them, and at most 2 to the 64th.
fn single_within(a: Double) -> f32 {
  if (a.x < 0x38100000u) {
    return 0.0;
  }
  return bitcast<f32>(select(single_of(a), 0x5f800000u, a.x >= 0x43f00000u));
}
