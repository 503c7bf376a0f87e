// First of three steps that number the flagged elements in order: how many there are in each block of 1,024.
struct Params {
  count: u32,
  // The place of the first block.
  first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> blocks: array<u32>;

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
  let sum = reduced(own, at);
  if (at.local == 0u && block * 1024u < params.count) {
    blocks[params.first + block] = sum;
  }
}
