// Extremes and sums of one channel of intensities in regions, integers.
struct Params {
  width: u32,
  // The place of the tile's first pixel, and how many there are.
  first: u32,
  count: u32,
  channels: u32,
  channel: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;

fn add_run(label: u32, i: u32, row: u32, column: u32, length: u32) {
  var least = 0xffffffffu;
  var greatest = 0u;
  var sum = vec2(0u);
  var squares = vec2(0u);
  var across = vec2(0u);
  for (var k = 0u; k < length; k++) {
    let level = source_level((i + k) * params.channels + params.channel);
    let bits = bitcast<u32>(level);
    let key = bits ^ 0x80000000u;
    least = min(least, key);
    greatest = max(greatest, key);
    sum = long_sum(sum, vec2(select(0u, 0xffffffffu, level < 0), bits));
    squares = long_sum(squares, product(bits, bits));
    across = long_sum(across, product(bits, column + k));
  }
  let place = 10u * label;
  atomicMax(&sums[place], ~least);
  atomicMax(&sums[place + 1u], greatest);
  add(place + 2u, sum);
  // Of 32 bits these need more than 64.
  if (DTYPE < 2u) {
    add(place + 4u, squares);
    add(place + 6u, times(sum, row));
    add(place + 8u, across);
  }
}
