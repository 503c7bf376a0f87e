// Third step: every flagged element gets its number, counted from 1 in order. Others are left alone.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> blocks: array<u32>;
@group(0) @binding(3) var<storage, read_write> ranks: array<u32>;

var<workgroup> sums: array<u32, 256>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let block = line(group, groups);
  let first = block * 1024u + local * 4u;
  var own = 0u;
  for (var i = first; i < first + 4u; i++) {
    if (i < params.count && flagged(i)) {
      own += 1u;
    }
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
  if (block * 1024u < params.count) {
    var rank = blocks[block] + sums[local] - own;
    for (var i = first; i < first + 4u; i++) {
      if (i < params.count && flagged(i)) {
        rank += 1u;
        ranks[i] = rank;
      }
    }
  }
}
