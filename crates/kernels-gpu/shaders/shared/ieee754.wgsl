// Floats by integers, rounded to the nearest and of two to the even one: WGSL has none of 64 bits, and leaves it to drivers how they round
// those of 32. All are given by their bits, are not negative, and are 0 or far from both ends of their range; a product of 64 bits that would be
// subnormal is 0.

// A whole number in 64 bits, of which the upper half comes first.
fn double_of(number: u32) -> vec2<u32> {
  if (number == 0u) {
    return vec2(0u);
  }
  let zeros = countLeadingZeros(number);
  let bits = number << zeros;
  return vec2(((1053u - zeros) << 20u) + (bits >> 11u), bits << 21u);
}

// 53 bits, of which numbers do not store the first one.
fn significand(a: vec2<u32>) -> vec2<u32> {
  return vec2((a.x & 0xfffffu) | 0x100000u, a.y);
}

// The product of numbers of 64 bits.
fn double_product(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  if (all(a == vec2(0u)) || all(b == vec2(0u))) {
    return vec2(0u);
  }
  let p = significand(a);
  let q = significand(b);
  // Of the four words, the least is low.y; 105 or 106 bits in all.
  let low = product(p.y, q.y);
  let middle = long_sum(long_sum(product(p.x, q.y), product(p.y, q.x)), vec2(0u, low.x));
  let high = long_sum(product(p.x, q.x), vec2(0u, middle.x));
  let carry = high.x >> 9u;
  let shift = 20u + carry;
  let most = (high.y >> shift) | (high.x << (32u - shift));
  let least = (middle.y >> shift) | (high.y << (32u - shift));
  let half = 1u << (shift - 1u);
  let rest = middle.y & (2u * half - 1u);
  let tie = rest == half && low.y == 0u;
  let up = rest >= half && (!tie || (least & 1u) == 1u);
  let exponent = (a.x >> 20u) + (b.x >> 20u) + carry - 1023u;
  if (i32(exponent) < 1) {
    return vec2(0u);
  }
  // A carry out of the significand belongs to the exponent.
  return long_sum(vec2((exponent << 20u) + most - 0x100000u, least), vec2(0u, u32(up)));
}

// A number of 64 bits in 32.
fn single_of(a: vec2<u32>) -> u32 {
  if (all(a == vec2(0u))) {
    return 0u;
  }
  let bits = ((a.x - (896u << 20u)) << 3u) | (a.y >> 29u);
  let rest = a.y & 0x1fffffffu;
  let up = rest > 0x10000000u || (rest == 0x10000000u && (bits & 1u) == 1u);
  return bits + u32(up);
}

// The sum of numbers of 32 bits.
fn single_sum(a: u32, b: u32) -> u32 {
  let greater = max(a, b);
  let less = min(a, b);
  if (less == 0u) {
    return greater;
  }
  // Three bits more for rounding, of which the last one says whether there is anything beyond.
  let apart = min((greater >> 23u) - (less >> 23u), 27u);
  let aligned = ((less & 0x7fffffu) | 0x800000u) << 3u;
  let beyond = (aligned & ((1u << apart) - 1u)) != 0u;
  var sum = (((greater & 0x7fffffu) | 0x800000u) << 3u) + ((aligned >> apart) | u32(beyond));
  let carry = sum >> 27u;
  sum = (sum >> carry) | (sum & carry);
  let rest = sum & 7u;
  let up = rest > 4u || (rest == 4u && (sum & 8u) != 0u);
  return (((greater >> 23u) + carry) << 23u) + (sum >> 3u) - 0x800000u + u32(up);
}
