// Where a pixel of a result lies in an image. Places are fixed-point numbers of 32 bits before and 32 behind the point, found by
// integers from tables that were computed in 64 bits, so that they are the same on every driver.
struct Place {
  column: i32,
  row: i32,
  // Behind the point, in units of 2⁻³².
  column_share: u32,
  row_share: u32,
  // Whether there is one.
  there: bool,
}

// Numbers of 64 bits, the upper half first.
@group(0) @binding(2) var<storage, read> columns: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read> rows: array<vec2<u32>>;

fn place_of(column: vec2<u32>, row: vec2<u32>, there: bool) -> Place {
  return Place(bitcast<i32>(column.x), bitcast<i32>(row.x), column.y, row.y, there);
}
