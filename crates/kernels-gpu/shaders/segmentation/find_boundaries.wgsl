// Where labels meet, four pixels of the mask to an invocation.
struct Params {
  width: u32,
  height: u32,
  // Pixels that share a corner are neighbours too: 1, else 0.
  corners: u32,
  // 0 marks both sides of a boundary, 1 that of regions, 2 that of the background and both where regions touch.
  mode: u32,
  // As a signed number.
  background: u32,
  // 0 when no label of this dtype can be the background.
  has_background: u32,
  // The words of the mask to do, and the first words of what is bound of labels and mask.
  begin: u32,
  words: u32,
  first_word: u32,
  mask_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> mask: array<u32>;

const MOST: i32 = 0x7fffffff;

fn is_background(label: i32) -> bool {
  return params.has_background == 1u && label == bitcast<i32>(params.background);
}

fn is_boundary(i: u32) -> bool {
  let own = source_level(i);
  let y = i / params.width;
  let x = i % params.width;
  // Of all nine pixels: the greatest label, and the least that is not the background.
  var most = own;
  var least = MOST;
  var other = false;
  for (var row = max(y, 1u) - 1u; row <= min(y + 1u, params.height - 1u); row++) {
    for (var column = max(x, 1u) - 1u; column <= min(x + 1u, params.width - 1u); column++) {
      let label = source_level(row * params.width + column);
      other |= label != own && (params.corners == 1u || row == y || column == x);
      most = max(most, label);
      least = min(least, select(label, MOST, is_background(label)));
    }
  }
  if (!other || params.mode == 0u) {
    return other;
  }
  if (params.mode == 1u) {
    return !is_background(own);
  }
  return is_background(own) || most != least;
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
  let word = params.begin + place;
  let count = params.width * params.height;
  var bits = 0u;
  for (var k = 0u; k < 4u; k++) {
    let i = 4u * word + k;
    if (i < count && is_boundary(i)) {
      bits |= 1u << (8u * k);
    }
  }
  mask[word - params.mask_first] = bits;
}
