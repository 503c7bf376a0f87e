// Places of any kind: tables have the column and the row of each pixel of the part to do.
fn place(x: u32, y: u32) -> Place {
  let i = (y - params.top) * params.columns + x - params.left;
  // Where there is none, a number is the least that there is.
  let nowhere = vec2(0x80000000u, 0u);
  return place_of(columns[i], rows[i], any(columns[i] != nowhere) && any(rows[i] != nowhere));
}
