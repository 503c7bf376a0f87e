// Squares of 2 × 2 pixels with one of an object, with three, and with two in a diagonal.

// The square whose last pixel this is.
fn square(row: i32, column: i32) -> Element {
  let first = object(row - 1, column - 1);
  let last = object(row, column);
  let objects = first + object(row - 1, column) + object(row, column - 1) + last;
  return select(Element(), Element(1u), vec3(objects == 1u, objects == 3u, objects == 2u && first == last));
}

// Those that the pixel is the last of, and along the edges those beyond.
fn counted(row: i32, column: i32) -> Element {
  let below = row + select(0, 1, row + 1 == i32(params.height));
  let beside = column + select(0, 1, column + 1 == i32(params.width));
  var squares = Element();
  for (var r = row; r <= below; r++) {
    for (var c = column; c <= beside; c++) {
      squares += square(r, c);
    }
  }
  return squares;
}
