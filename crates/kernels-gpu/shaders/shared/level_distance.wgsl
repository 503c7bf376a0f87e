// How much greater a level is than another: of 32 bits both and the difference may need all of them, which numbers of 32 bits do not have.
fn level_distance(a: i32, b: i32) -> f32 {
  let upwards = f32(bitcast<u32>(a) - bitcast<u32>(b));
  let downwards = f32(bitcast<u32>(b) - bitcast<u32>(a));
  return select(-downwards, upwards, a > b);
}
