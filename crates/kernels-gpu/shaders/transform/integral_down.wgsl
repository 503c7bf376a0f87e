// Running sums down the columns, in place, one invocation for a column of a strip of 64 rows.
struct Params {
  width: u32,
  // The rows to do, and where what is bound of sums and strips has the first ones.
  rows: u32,
  sums_first: u32,
  strips_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// For each strip what those before it add up to.
@group(0) @binding(1) var<storage, read> strips: array<Wide>;
@group(0) @binding(2) var<storage, read_write> sums: array<Wide>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  let top = i / params.width * 64u;
  if (top >= params.rows) {
    return;
  }
  var sum = strips[params.strips_first + i];
  for (var y = top; y < min(top + 64u, params.rows); y++) {
    let at = params.sums_first + y * params.width + i % params.width;
    sum = wide_sum(sum, sums[at]);
    sums[at] = sum;
  }
}
