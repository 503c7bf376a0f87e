// Integers of 64 bits, of which the lower half comes first.
alias Wide = vec2<u32>;

fn wide(level: i32) -> Wide {
  return vec2(bitcast<u32>(level), select(0u, 0xffffffffu, level < 0));
}

fn wide_sum(a: Wide, b: Wide) -> Wide {
  let low = a.x + b.x;
  return vec2(low, a.y + b.y + select(0u, 1u, low < a.x));
}
