// Samples as unsigned integers of the same order, and what is not to be flooded as the greatest.
struct Params {
  count: u32,
  dtype: u32,
  mask_dtype: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> image: array<u32>;
@group(0) @binding(2) var<storage, read> mask: array<u32>;
@group(0) @binding(3) var<storage, read_write> values: array<u32>;
@group(0) @binding(4) var<storage, read_write> doubts: array<atomic<u32>>;

override MASKED: bool = false;

const CLOSED: u32 = 0xffffffffu;

fn is_open(i: u32) -> bool {
  if (!MASKED) {
    return true;
  }
  let bits = sample_in(mask[word_of(i, params.mask_dtype)], i, params.mask_dtype);
  // Both zeros of floats.
  return select(bits, bits & 0x7fffffffu, params.mask_dtype == F32) != 0u;
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.count) {
    return;
  }
  if (!is_open(i)) {
    values[i] = CLOSED;
    return;
  }
  let bits = sample_in(image[word_of(i, params.dtype)], i, params.dtype);
  var value = bits ^ 0x80000000u;
  if (params.dtype == F32) {
    value = order(bits);
  }
  // NaN has no place among the others, and what is as great as CLOSED would be taken for it.
  if (value == CLOSED || (params.dtype == F32 && is_nan(bits))) {
    atomicStore(&doubts[0], 1u);
  }
  values[i] = value;
}
