// The neighbours of a pixel of `params.width` × `params.height`.

// Whether those that share a corner count, beside those that share an edge.
override CORNERS: bool = false;

// What is no pixel.
const NOWHERE: u32 = 0xffffffffu;
// Neighbours go by numbers, some of which are none; there are so many numbers.
const NUMBERS: u32 = 9u;

// The place of neighbour `k`. Beyond the upper and the left edge lie the greatest rows and columns.
fn neighbour(row: u32, column: u32, k: u32) -> u32 {
  let y = row + k / 3u - 1u;
  let x = column + k % 3u - 1u;
  // Edges are shared by those of odd numbers; 4 is the pixel itself.
  let is_near = k != 4u && (CORNERS || (k & 1u) == 1u);
  return select(NOWHERE, y * params.width + x, is_near && y < params.height && x < params.width);
}
