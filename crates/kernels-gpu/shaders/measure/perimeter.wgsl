// Border pixels, by which of their neighbours lie on the border too: those on straight lines, on diagonal ones, and in between.

// A pixel needs the neighbours that share a corner, too, so as not to lie at the border.
override CORNERS: bool = false;

// 1 for a pixel of an object that lacks a neighbour.
fn at_border(row: i32, column: i32) -> u32 {
  if (object(row, column) == 0u) {
    return 0u;
  }
  var surrounded = object(row - 1, column) & object(row + 1, column) & object(row, column - 1) & object(row, column + 1);
  if (CORNERS) {
    surrounded &= object(row - 1, column - 1) & object(row - 1, column + 1);
    surrounded &= object(row + 1, column - 1) & object(row + 1, column + 1);
  }
  return 1u - surrounded;
}

fn counted(row: i32, column: i32) -> Element {
  if (at_border(row, column) == 0u) {
    return Element();
  }
  let edges = at_border(row - 1, column) + at_border(row + 1, column)
    + at_border(row, column - 1) + at_border(row, column + 1);
  let corners = at_border(row - 1, column - 1) + at_border(row - 1, column + 1)
    + at_border(row + 1, column - 1) + at_border(row + 1, column + 1);
  let straight = (edges == 2u || edges == 3u) && corners <= 2u;
  let diagonal = (edges == 0u && corners == 2u) || (edges == 1u && corners == 3u);
  let mixed = edges == 1u && (corners == 1u || corners == 2u);
  return select(Element(), Element(1u), vec3(straight, diagonal, mixed));
}
