// How many of three patterns a mask has, which is what is above 0: each workgroup strides over the pixels, adds up, and joins its counts
// to those of the others. The kernel says which patterns are `counted` for the pixel at a row and a column.
struct Params {
  width: u32,
  height: u32,
  // The first row to do, and the pixels from there on.
  top: u32,
  count: u32,
  first_word: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>, 3>;

alias Element = vec3<u32>;

fn combined(a: Element, b: Element) -> Element {
  return a + b;
}

// 1 for a pixel of an object, 0 for others and beyond the edges.
fn object(row: i32, column: i32) -> u32 {
  if (row < 0 || column < 0 || row >= i32(params.height) || column >= i32(params.width)) {
    return 0u;
  }
  let i = u32(row) * params.width + u32(column);
  if (DTYPE == 3u) {
    // Numbers above 0 by their bits, which leaves out NaN.
    return select(0u, 1u, source_word(i) - 1u < 0x7f800000u);
  }
  return select(0u, 1u, source_level(i) > 0);
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let stride = at.groups.x * at.groups.y * 256u;
  var own = Element();
  for (var i = line(at.group, at.groups) * 256u + place_of(at); i < params.count; i += stride) {
    own += counted(i32(params.top + i / params.width), i32(i % params.width));
  }
  let all = reduced(own, at);
  if (at.local == 0u) {
    atomicAdd(&counts[0], all.x);
    atomicAdd(&counts[1], all.y);
    atomicAdd(&counts[2], all.z);
  }
}
