// Samples as numbers that are in their order, of which NaN is the greatest, and as such only.
const NAN: u32 = 0xffffffffu;

fn key_of(i: u32) -> u32 {
  if (DTYPE != 3u) {
    return bitcast<u32>(source_level(i)) ^ 0x80000000u;
  }
  let bits = source_word(i);
  return select(order(bits), NAN, is_nan(bits));
}

// The bits of a float, or a level.
fn sample_of(key: u32) -> u32 {
  if (DTYPE != 3u) {
    return key ^ 0x80000000u;
  }
  if (key == NAN) {
    return 0x7fc00000u;
  }
  return select(~key, key & 0x7fffffffu, key >> 31u == 1u);
}
