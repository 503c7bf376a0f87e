// Signs of numbers of 64 bits.
fn is_negative(a: vec2<u32>) -> bool {
  return (a.x >> 31u) == 1u;
}

fn long_negative(a: vec2<u32>) -> vec2<u32> {
  return long_sum(~a, vec2(0u, 1u));
}

fn magnitude(a: vec2<u32>) -> vec2<u32> {
  if (is_negative(a)) {
    return long_negative(a);
  }
  return a;
}
