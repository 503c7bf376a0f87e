// Numbers of 64 bits, the upper half first.

fn long_sum(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let low = a.y + b.y;
  return vec2(a.x + b.x + select(0u, 1u, low < a.y), low);
}

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

// All 64 bits of a product.
fn product(a: u32, b: u32) -> vec2<u32> {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let one = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let other = (a & 0xffffu) * (b >> 16u) + (one & 0xffffu);
  return vec2((a >> 16u) * (b >> 16u) + (one >> 16u) + (other >> 16u), (other << 16u) | (low & 0xffffu));
}
