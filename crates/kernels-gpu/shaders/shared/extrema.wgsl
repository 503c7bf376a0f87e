// Least and greatest sample: each workgroup strides over the image, reduces, and joins its two keys to the result.
// Keys are `order` of the bits for floats and the level with its sign bit flipped for integers.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// [least key, greatest key, number of NaN], set to [all ones, 0, 0] before.
@group(0) @binding(2) var<storage, read_write> extrema: array<atomic<u32>>;

var<workgroup> least: array<u32, 256>;
var<workgroup> greatest: array<u32, 256>;

fn key(i: u32) -> u32 {
  if (DTYPE == 3u) {
    return order(source[i]);
  }
  return bitcast<u32>(source_level(i)) ^ 0x80000000u;
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let stride = groups.x * groups.y * 256u;
  var low = 0xffffffffu;
  var high = 0u;
  for (var i = line(group, groups) * 256u + local; i < params.count; i += stride) {
    if (DTYPE == 3u && is_nan(source[i])) {
      atomicAdd(&extrema[2], 1u);
    } else {
      let k = key(i);
      low = min(low, k);
      high = max(high, k);
    }
  }
  least[local] = low;
  greatest[local] = high;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half >>= 1u) {
    if (local < half) {
      least[local] = min(least[local], least[local + half]);
      greatest[local] = max(greatest[local], greatest[local + half]);
    }
    workgroupBarrier();
  }
  if (local == 0u) {
    atomicMin(&extrema[0], least[0]);
    atomicMax(&extrema[1], greatest[0]);
  }
}
