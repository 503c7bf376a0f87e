// The sample of a row and a column that `border` gave, not scaled.
fn sample_at(row: i32, column: i32) -> f32 {
  if (row < 0 || column < 0) {
    return params.cval;
  }
  return source_value(u32(row) * params.width + u32(column));
}

// Sample (y, x) of an image of one channel, or what lies beyond its edge there.
fn neighbour(y: i32, x: i32) -> f32 {
  return sample_at(border(y, i32(params.height)), border(x, i32(params.width)));
}
