// The sums of blocks along one axis, in 64 bits: down their columns those of levels, then across those of the former.
struct Params {
  // Sums of the rows to do, and the first of them.
  count: u32,
  first: u32,
  // From one number along the axis to the next; numbers along it, before and after, and those of a block.
  step: u32,
  from_length: u32,
  to_length: u32,
  side: u32,
  // The first words of what is bound of the numbers, and of the sums.
  first_word: u32,
  sums_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> sums: array<Wide>;

// Whether the numbers are sums already.
override OF_SUMS: bool = false;

fn number(i: u32) -> Wide {
  if (OF_SUMS) {
    return vec2(source_word(2u * i), source_word(2u * i + 1u));
  }
  return wide(source_level(i));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.count) {
    return;
  }
  let i = params.first + place;
  let along = i / params.step;
  let begin = along % params.to_length * params.side;
  let start = along / params.to_length * params.from_length * params.step + i % params.step;
  var sum = Wide();
  for (var k = begin; k < min(begin + params.side, params.from_length); k++) {
    sum = wide_sum(sum, number(start + k * params.step));
  }
  sums[i - params.sums_first] = sum;
}
