// The median of any neighbours, found from its highest bit down: those that agree with it so far and have a 0 there are
// counted, and the rank says whether it is among them.
@group(0) @binding(3) var<storage, read> offsets: array<vec2<i32>>;

fn median_at(y: i32, x: i32) -> i32 {
  // Signed ranks have their sign bit flipped, so that they order as unsigned ones.
  let sign = select(0x80000000u, 0u, DTYPE < 2u);
  var remaining = params.count / 2u;
  var found = 0u;
  for (var bit = select(32u, select(16u, 8u, DTYPE == 0u), DTYPE < 2u); bit > 0u; bit--) {
    let shift = bit - 1u;
    var zeros = 0u;
    for (var k = 0u; k < params.count; k++) {
      let offset = offsets[k];
      let key = bitcast<u32>(rank_at(y + offset.x, x + offset.y)) ^ sign;
      zeros += select(0u, 1u, (key >> shift) == (found >> shift));
    }
    if (remaining >= zeros) {
      remaining -= zeros;
      found |= 1u << shift;
    }
  }
  return bitcast<i32>(found ^ sign);
}
