// The first and the last column of a row whose sample is not 0: a workgroup for each row.
struct Params {
  width: u32,
  // The rows to do.
  top: u32,
  rows: u32,
  first_word: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// For each row of the image; of an empty one the first is above the last.
@group(0) @binding(2) var<storage, read_write> ends: array<vec2<u32>>;

alias Element = vec2<u32>;

fn combined(a: Element, b: Element) -> Element {
  return vec2(min(a.x, b.x), max(a.y, b.y));
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let tile = line(at.group, at.groups);
  let row = params.top + min(tile, params.rows - 1u);
  var own = vec2(0xffffffffu, 0u);
  for (var column = place_of(at); column < params.width; column += 256u) {
    if (!source_is_zero(row * params.width + column)) {
      own = combined(own, vec2(column));
    }
  }
  let all = reduced(own, at);
  if (at.local == 0u && tile < params.rows) {
    ends[row] = all;
  }
}
