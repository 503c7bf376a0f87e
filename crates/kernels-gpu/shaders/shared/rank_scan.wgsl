// Second step: the exclusive prefix sum of the blocks' counts, in place, by one workgroup (Hillis & Steele 1986
// within 256 blocks, the total carried on). A thousandth of the elements are left, so one workgroup is enough.
struct Params {
  blocks: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read_write> blocks: array<u32>;

var<workgroup> sums: array<u32, 256>;
var<workgroup> carry: u32;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local: u32) {
  if (local == 0u) {
    carry = 0u;
  }
  for (var first = 0u; first < params.blocks; first += 256u) {
    let i = first + local;
    var own = 0u;
    if (i < params.blocks) {
      own = blocks[i];
    }
    sums[local] = own;
    workgroupBarrier();
    for (var step = 1u; step < 256u; step <<= 1u) {
      var before = 0u;
      if (local >= step) {
        before = sums[local - step];
      }
      workgroupBarrier();
      sums[local] += before;
      workgroupBarrier();
    }
    if (i < params.blocks) {
      blocks[i] = carry + sums[local] - own;
    }
    workgroupBarrier();
    if (local == 255u) {
      carry += sums[255];
    }
    workgroupBarrier();
  }
}
