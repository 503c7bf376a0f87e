// A place is the sum of two, one by column and one by row.
fn place(x: u32, y: u32) -> Place {
  let column = long_sum(columns[2u * x], rows[2u * y]);
  return place_of(column, long_sum(columns[2u * x + 1u], rows[2u * y + 1u]), true);
}
