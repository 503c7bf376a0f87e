// Where a pixel of the result lies in the image: the sum of two entries of tables that were computed in 64 bits, one for its
// column and one for its row. Places are fixed-point numbers of 32 bits before and 32 behind the point, so that sums are exact
// on every driver.
struct Place {
  column: i32,
  row: i32,
  // Behind the point, in units of 2⁻³².
  column_share: u32,
  row_share: u32,
}

// Column before and behind the point, row likewise.
@group(0) @binding(2) var<storage, read> columns: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read> rows: array<vec4<u32>>;

fn place(x: u32, y: u32) -> Place {
  let a = columns[x];
  let b = rows[y];
  let column_share = a.y + b.y;
  let row_share = a.w + b.w;
  let column = a.x + b.x + select(0u, 1u, column_share < a.y);
  let row = a.z + b.z + select(0u, 1u, row_share < a.w);
  return Place(bitcast<i32>(column), bitcast<i32>(row), column_share, row_share);
}
