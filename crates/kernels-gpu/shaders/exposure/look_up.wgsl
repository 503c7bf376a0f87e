// What a table has for each sample: an entry for each level from `least` on, the first and the last one for levels beyond.
struct Params {
  count: u32,
  least: i32,
  // One for all channels, or one for each, and the entries of one.
  tables: u32,
  entries: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Entries of the result's dtype, packed as samples are.
@group(0) @binding(2) var<storage, read> table: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

// Samples of the result in a word: 4, 2 or 1.
override PER_WORD: u32 = 1u;

fn entry(i: u32) -> u32 {
  let level = clamp(source_level(i), params.least, params.least + i32(params.entries - 1u));
  let place = bitcast<u32>(level - params.least) + i % params.tables * params.entries;
  let bits = 32u / PER_WORD;
  return (table[place / PER_WORD] >> (place % PER_WORD * bits)) & (0xffffffffu >> (32u - bits));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = line(group, groups) * 256u + local;
  let first = at * PER_WORD;
  if (first >= params.count) {
    return;
  }
  var word = entry(first);
  for (var k = 1u; k < PER_WORD && first + k < params.count; k++) {
    word |= entry(first + k) << (k * (32u / PER_WORD));
  }
  result[at] = word;
}
