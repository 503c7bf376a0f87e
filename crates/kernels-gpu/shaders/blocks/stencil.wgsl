// The 16 × 16 cells of a workgroup and those within RADIUS around them, in workgroup memory. The kernel says what a `Cell` is, how many
// there is room for (`CELLS`), and which `cell` lies at a row and a column, beyond the edges too.
override RADIUS: u32 = 1u;

var<workgroup> stencil: array<Cell, CELLS>;

// Brings them there. All invocations must call it; `top` and `left` are the row and column of the first of the 256.
fn load_stencil(top: u32, left: u32, local: u32) {
  let side = 16u + 2u * RADIUS;
  for (var i = local; i < side * side; i += 256u) {
    stencil[i] = cell(i32(top + i / side) - i32(RADIUS), i32(left + i % side) - i32(RADIUS));
  }
  workgroupBarrier();
}

// The cell so many rows and columns, each from 0 to 2 RADIUS, from the first of the neighbours of an invocation's own cell, which lies at
// (local / 16, local % 16) of the 256.
fn stencil_cell(local: u32, down: u32, across: u32) -> Cell {
  return stencil[(local / 16u + down) * (16u + 2u * RADIUS) + local % 16u + across];
}
