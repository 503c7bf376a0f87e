// Sums of blocks of samples, one workgroup each: of integers exactly, low and high half by themselves.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// For each block the sum of a float's bits, or of the levels' low 16 bits and of what is above them.
@group(0) @binding(2) var<storage, read_write> sums: array<vec2<u32>>;

// So few samples that the sum of their low halves fits.
const BLOCK = 16384u;

var<workgroup> own: array<vec2<u32>, 256>;

fn added(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  if (DTYPE == 3u) {
    return vec2<u32>(bitcast<u32>(bitcast<f32>(a.x) + bitcast<f32>(b.x)), 0u);
  }
  return a + b;
}

fn term(i: u32) -> vec2<u32> {
  if (DTYPE == 3u) {
    return vec2<u32>(source_word(i), 0u);
  }
  let level = source_level(i);
  return vec2<u32>(bitcast<u32>(level) & 0xffffu, bitcast<u32>(level >> 16u));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let block = line(group, groups);
  let end = min(params.count, (block + 1u) * BLOCK);
  var sum = vec2<u32>();
  for (var i = block * BLOCK + local; i < end; i += 256u) {
    sum = added(sum, term(i));
  }
  own[local] = sum;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half >>= 1u) {
    if (local < half) {
      own[local] = added(own[local], own[local + half]);
    }
    workgroupBarrier();
  }
  // The line of workgroups is folded, and may have more than there are blocks.
  if (local == 0u && block * BLOCK < params.count) {
    sums[block] = own[0];
  }
}
