// What is flooded when: by its level, and then by how many steps it is from where that was entered.
@group(0) @binding(1) var<storage, read> levels: array<u32>;
@group(0) @binding(2) var<storage, read> steps: array<u32>;

// The level of what is not reached, and a parent that is not known yet.
const NONE: u32 = 0xffffffffu;

fn comes_before(i: u32, j: u32) -> bool {
  return levels[i] < levels[j] || (levels[i] == levels[j] && steps[i] < steps[j]);
}

// The neighbour that comes first, or the first of several.
fn first_neighbour(row: u32, column: u32) -> u32 {
  var first = NOWHERE;
  for (var k = 0u; k < NUMBERS; k++) {
    let j = neighbour(row, column, k);
    if (j != NOWHERE && (first == NOWHERE || comes_before(j, first))) {
      first = j;
    }
  }
  return first;
}
