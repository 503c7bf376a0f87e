// Labels, grown: each pixel takes that of the nearest one, the first from the left of several; a word of the result per invocation.
struct Params {
  width: u32,
  // Pixels of the image.
  count: u32,
  // The words of the result to do, and the first words of what is bound of labels, distances and result.
  begin: u32,
  words: u32,
  first_word: u32,
  nearest_first: u32,
  expanded_first: u32,
  // Columns to look at, on either side, and the largest squared distance.
  reach: i32,
  furthest: i32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> nearest: array<i32>;
@group(0) @binding(3) var<storage, read_write> expanded: array<u32>;

const NONE: i32 = 0x7fffffff;

fn label(i: u32) -> u32 {
  let y = i32(i / params.width);
  let x = i32(i % params.width);
  var least = params.furthest + 1;
  var label = 0;
  for (var c = max(x - params.reach, 0); c <= min(x + params.reach, i32(params.width) - 1); c++) {
    let down = nearest[u32(y) * params.width + u32(c) - params.nearest_first];
    // Squares of what is within reach do not overflow.
    if (down != NONE && down * down + (c - x) * (c - x) < least) {
      least = down * down + (c - x) * (c - x);
      label = source_level(u32(y + down) * params.width + u32(c));
    }
  }
  return bitcast<u32>(label);
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.words) {
    return;
  }
  let i = params.begin + place;
  // Labels in a word: 4 of 8 bits, 2 of 16, 1 of 32.
  let labels = select(select(1u, 2u, DTYPE == 1u), 4u, DTYPE == 0u);
  var word = 0u;
  for (var k = 0u; k < labels; k++) {
    let pixel = i * labels + k;
    if (pixel < params.count) {
      word |= label(pixel) << (k * (32u / labels));
    }
  }
  expanded[i - params.expanded_first] = word;
}
