// Places of nobody's making: tables have a column and a row for each pixel of the part to do.
fn place(x: u32, y: u32) -> Place {
  let i = (y - params.top) * params.columns + x - params.left;
  let column = columns[i];
  let row = rows[i];
  // What is no number, or too far, is told by the least number that there is.
  let nowhere = vec2(0x80000000u, 0u);
  return place_of(column, row, any(column != nowhere) && any(row != nowhere));
}
