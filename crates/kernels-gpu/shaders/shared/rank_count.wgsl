// First of three steps that number the flagged elements in order: how many there are in each block of 1,024.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> blocks: array<u32>;

var<workgroup> sums: array<u32, 256>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let block = line(group, groups);
  let first = block * 1024u + local * 4u;
  var sum = 0u;
  for (var i = first; i < first + 4u; i++) {
    if (i < params.count && flagged(i)) {
      sum += 1u;
    }
  }
  sums[local] = sum;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half >>= 1u) {
    if (local < half) {
      sums[local] += sums[local + half];
    }
    workgroupBarrier();
  }
  if (local == 0u && block * 1024u < params.count) {
    blocks[block] = sums[0];
  }
}
