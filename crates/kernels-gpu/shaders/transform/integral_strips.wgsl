// Sums down the columns of strips of 64 rows, one invocation for a column of a strip.
struct Params {
  width: u32,
  // The rows to do, and where what is bound of sums and strips has the first ones.
  rows: u32,
  sums_first: u32,
  strips_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> sums: array<Wide>;
// A row for each strip.
@group(0) @binding(2) var<storage, read_write> strips: array<Wide>;

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
  var sum = Wide();
  for (var y = top; y < min(top + 64u, params.rows); y++) {
    sum = wide_sum(sum, sums[params.sums_first + y * params.width + i % params.width]);
  }
  strips[params.strips_first + i] = sum;
}
