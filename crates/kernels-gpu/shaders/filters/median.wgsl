// The median around each pixel, a word of the result at a time: four bytes, two 16-bit samples or one of 32 bits.
// What is compared are ranks, integers in the order of the samples; of floats NaN is the greatest.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of source, of source beyond the edges, and of the result. A word
  // belongs to the rows in which it begins.
  top: u32,
  rows: u32,
  source_first: u32,
  beyond_first: u32,
  medians_first: u32,
  // The rank beyond the edge with a constant border.
  cval: i32,
  // How many neighbours there are.
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> medians: array<u32>;

// The float of a rank, or the rank of a float, by their bits: below 0 they count the other way.
fn flipped(bits: i32) -> i32 {
  return select(bits, bits ^ 0x7fffffff, bits < 0);
}

fn rank_at(y: i32, x: i32) -> i32 {
  let row = border(y, i32(params.height));
  let column = border(x, i32(params.width));
  if (row < 0 || column < 0) {
    return params.cval;
  }
  let i = u32(row) * params.width + u32(column);
  if (DTYPE != 3u) {
    return source_level(i);
  }
  let bits = source_word(i);
  return select(flipped(bitcast<i32>(bits)), 0x7fffffff, is_nan(bits));
}

fn sample_bits(rank: i32) -> u32 {
  return bitcast<u32>(select(rank, flipped(rank), DTYPE == 3u));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let per_word = select(select(1u, 2u, DTYPE == 1u), 4u, DTYPE == 0u);
  let first = (params.top * params.width + per_word - 1u) / per_word;
  let end = ((params.top + params.rows) * params.width + per_word - 1u) / per_word;
  let place = first + line(group, groups) * 256u + local;
  if (place >= end) {
    return;
  }
  var word = 0u;
  for (var k = 0u; k < per_word; k++) {
    let i = place * per_word + k;
    if (i < params.width * params.height) {
      let rank = median_at(i32(i / params.width), i32(i % params.width));
      word |= sample_bits(rank) << (k * (32u / per_word));
    }
  }
  medians[place - params.medians_first] = word;
}
