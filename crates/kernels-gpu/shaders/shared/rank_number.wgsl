// Third step: every flagged element gets its number, counted from 1 in order. Others are left alone.
struct Params {
  count: u32,
  // The place of the first block.
  first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> blocks: array<u32>;
@group(0) @binding(3) var<storage, read_write> ranks: array<u32>;

alias Element = u32;

fn combined(a: u32, b: u32) -> u32 {
  return a + b;
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let block = line(at.group, at.groups);
  let first = block * 1024u + place_of(at) * 4u;
  var own = 0u;
  for (var i = first; i < first + 4u; i++) {
    if (i < params.count && flagged(i)) {
      own += 1u;
    }
  }
  let before = scanned(own, at).before;
  if (block * 1024u < params.count) {
    var rank = blocks[params.first + block] + before;
    for (var i = first; i < first + 4u; i++) {
      if (i < params.count && flagged(i)) {
        rank += 1u;
        ranks[i] = rank;
      }
    }
  }
}
