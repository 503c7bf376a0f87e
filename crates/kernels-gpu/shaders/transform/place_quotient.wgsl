// A place is a quotient, whose numerators and denominator are sums of two numbers of 62 bits, one by column and one by row.

fn at_least(a: vec2<u32>, b: vec2<u32>) -> bool {
  return a.x > b.x || (a.x == b.x && a.y >= b.y);
}

// What is left above the 31 lower bits: where that is not below the denominator, the place is 2³¹ or more.
fn upper(a: vec2<u32>) -> vec2<u32> {
  return vec2(a.x >> 31u, (a.x << 1u) | (a.y >> 31u));
}

// Bit by bit: 31 before the point and 32 behind it.
fn quotient(numerator: vec2<u32>, denominator: vec2<u32>) -> vec2<u32> {
  var rest = upper(numerator);
  var bits = vec2(0u);
  for (var i = 0u; i < 63u; i++) {
    let next = select(0u, (numerator.y >> (30u - min(i, 30u))) & 1u, i < 31u);
    rest = vec2((rest.x << 1u) | (rest.y >> 31u), (rest.y << 1u) | next);
    bits = vec2((bits.x << 1u) | (bits.y >> 31u), bits.y << 1u);
    if (at_least(rest, denominator)) {
      rest = long_sum(rest, long_negative(denominator));
      bits.y |= 1u;
    }
  }
  return bits;
}

fn place(x: u32, y: u32) -> Place {
  let column = long_sum(columns[3u * x], rows[3u * y]);
  let row = long_sum(columns[3u * x + 1u], rows[3u * y + 1u]);
  let below = long_sum(columns[3u * x + 2u], rows[3u * y + 2u]);
  let denominator = magnitude(below);
  if (at_least(upper(magnitude(column)), denominator) || at_least(upper(magnitude(row)), denominator)) {
    return Place(0, 0, 0u, 0u, false);
  }
  var across = quotient(magnitude(column), denominator);
  if (is_negative(column) != is_negative(below)) {
    across = long_negative(across);
  }
  var down = quotient(magnitude(row), denominator);
  if (is_negative(row) != is_negative(below)) {
    down = long_negative(down);
  }
  return place_of(across, down, true);
}
