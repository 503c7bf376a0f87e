// Sums of samples times powers of their distance from a column, over 256 columns of a row: one workgroup each.
struct Params {
  width: u32,
  // The rows to do.
  top: u32,
  rows: u32,
  first_word: u32,
  // The first word of what is bound of the sums.
  sums_first: u32,
  // Four powers at a time.
  fours: u32,
  // The column that others are counted from, and what of it a float does not hold; what distances are multiplied by, so that none is above 1.
  center: f32,
  rest: f32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// For each 256 columns of each row four powers after the other.
@group(0) @binding(2) var<storage, read_write> sums: array<vec4<f32>>;

alias Element = vec4<f32>;

fn combined(a: Element, b: Element) -> Element {
  return a + b;
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let across = (params.width + 255u) / 256u;
  let tile = line(at.group, at.groups);
  let row = params.top + min(tile / across, params.rows - 1u);
  let column = tile % across * 256u + place_of(at);
  let place = (f32(column) - params.center - params.rest) * params.scale;
  var term = 0.0;
  if (column < params.width) {
    term = source_value(row * params.width + column);
  }
  let square = place * place;
  for (var four = 0u; four < params.fours; four++) {
    let all = reduced(term * vec4(1.0, place, square, square * place), at);
    if (at.local == 0u && tile / across < params.rows) {
      let i = (row * across + tile % across) * params.fours + four;
      sums[i - params.sums_first / 4u] = all;
    }
    term *= square * square;
  }
}
