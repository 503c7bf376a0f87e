// A key that orders floats the other way than `order` does, 0 for all NaN, which come last then.
fn key_of(bits: u32) -> u32 {
  return select(~order(bits), 0u, is_nan(bits));
}
