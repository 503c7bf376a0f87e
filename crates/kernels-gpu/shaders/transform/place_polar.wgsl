// A place is a distance by column, times the cosine and the sine of an angle by row, from a centre.

// A distance times a share, which is in units of 2⁻⁶².
fn component(distance: vec2<u32>, share: vec2<u32>) -> vec2<u32> {
  let size = magnitude(share);
  let least = product(distance.y, size.y);
  // Three halves of 32 bits each, from the second one on.
  let middle = long_sum(product(distance.x, size.y), vec2(0u, least.x));
  let other = long_sum(product(distance.y, size.x), vec2(0u, middle.y));
  let most = long_sum(product(distance.x, size.x), long_sum(vec2(0u, middle.x), vec2(0u, other.x)));
  let result = vec2((most.x << 2u) | (most.y >> 30u), (most.y << 2u) | (other.y >> 30u));
  if (is_negative(share)) {
    return long_negative(result);
  }
  return result;
}

fn place(x: u32, y: u32) -> Place {
  let column = long_sum(component(columns[x], rows[4u * y]), rows[4u * y + 2u]);
  return place_of(column, long_sum(component(columns[x], rows[4u * y + 1u]), rows[4u * y + 3u]), true);
}
