// Second step: the exclusive prefix sum of the blocks' counts, in place, by one workgroup: 256 at a time, the total carried on.
// A thousandth of the elements are left, so one workgroup is enough.
struct Params {
  blocks: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read_write> blocks: array<u32>;

alias Element = u32;

fn combined(a: u32, b: u32) -> u32 {
  return a + b;
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  var carry = 0u;
  for (var first = 0u; first < params.blocks; first += 256u) {
    let i = first + place_of(at);
    var own = 0u;
    if (i < params.blocks) {
      own = blocks[i];
    }
    let sums = scanned(own, at);
    if (i < params.blocks) {
      blocks[i] = carry + sums.before;
    }
    carry += sums.all;
  }
}
