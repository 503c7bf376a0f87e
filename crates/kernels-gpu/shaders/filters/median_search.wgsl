// The median of any neighbours, found from its highest bit down: those that agree with it so far and have a 0 there are
// counted, and the rank says whether it is among them.
@group(0) @binding(3) var<storage, read> offsets: array<vec2<i32>>;

// Whether only neighbours inside the image count.
override INSIDE: bool = false;

fn is_counted(y: i32, x: i32) -> bool {
  return !INSIDE || (y >= 0 && y < i32(params.height) && x >= 0 && x < i32(params.width));
}

// 1 where neighbour `k` of a pixel exists, counts, and has this beginning above a shift; else 0.
fn agrees(k: u32, y: i32, x: i32, beginning: u32, shift: u32) -> u32 {
  if (k >= params.count) {
    return 0u;
  }
  let at = vec2(y, x) + offsets[k];
  if (!is_counted(at.x, at.y)) {
    return 0u;
  }
  return u32((key_at(at.x, at.y) >> shift) == beginning);
}

// Signed ranks have their sign bit flipped, so that they order as unsigned ones.
const SIGN = 0x80000000u;

fn key_at(y: i32, x: i32) -> u32 {
  return bitcast<u32>(rank_at(y, x)) ^ select(SIGN, 0u, DTYPE < 2u);
}

// Four at a time: drivers that compute on the CPU end loops after some 65,000 turns.
fn agreeing(y: i32, x: i32, beginning: u32, shift: u32) -> u32 {
  var all = 0u;
  for (var k = 0u; k < params.count; k += 4u) {
    all += agrees(k, y, x, beginning, shift) + agrees(k + 1u, y, x, beginning, shift);
    all += agrees(k + 2u, y, x, beginning, shift) + agrees(k + 3u, y, x, beginning, shift);
  }
  return all;
}

fn median_at(y: i32, x: i32) -> i32 {
  let bits = select(32u, select(16u, 8u, DTYPE == 0u), DTYPE < 2u);
  var count = params.count;
  if (INSIDE) {
    count = 0u;
    for (var k = 0u; k < params.count; k++) {
      let at = vec2(y, x) + offsets[k];
      count += u32(is_counted(at.x, at.y));
    }
    if (count == 0u) {
      return 0;
    }
  }
  var remaining = count / 2u;
  var found = 0u;
  for (var bit = bits; bit > 0u; bit--) {
    let shift = bit - 1u;
    let zeros = agreeing(y, x, found >> shift, shift);
    if (remaining >= zeros) {
      remaining -= zeros;
      found |= 1u << shift;
    }
  }
  return bitcast<i32>(found ^ select(SIGN, 0u, DTYPE < 2u));
}
