// Of Hessians of 64 bits how much each is that of a line, not of a blob, and the square of its norm.
struct Params {
  // The pixels of the tile to do.
  first: u32,
  count: u32,
  beta_high: u32,
  beta_low: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> row_row: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read> row_column: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read> column_column: array<vec2<u32>>;
@group(0) @binding(4) var<storage, read_write> lines: array<f32>;
// High halves.
@group(0) @binding(5) var<storage, read_write> squares: array<u32>;

const HALF = vec2(0x3fe00000u, 0u);
// 1e-10: so much the curvature across a ridge is at least taken for.
const LEAST = vec2(0x3ddb7cdfu, 0xd9d7bdbbu);

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 64u + local;
  if (place >= params.count) {
    return;
  }
  let i = params.first + place;
  let a = row_row[i];
  let b = row_column[i];
  let c = column_column[i];
  let middle = double_times(double_sum(a, c), HALF);
  let beside = double_times(double_difference(a, c), HALF);
  let distance = double_root(double_sum(double_times(b, b), double_times(beside, beside)));
  let larger = double_sum(middle, distance);
  let smaller = double_difference(middle, distance);
  let is_larger = long_less(double_magnitude(smaller), double_magnitude(larger));
  let along = double_magnitude(select(larger, smaller, is_larger));
  let most = select(smaller, larger, is_larger);
  let across = select(LEAST, most, double_is_positive(most) && long_less(LEAST, most));
  // How much of a blob it is. Beyond 14 nothing is left of it in 32 bits.
  let ratio = single_within(double_quotient(double_quotient(along, across), vec2(params.beta_high, params.beta_low)));
  lines[i] = select(0.0, exp(-0.5 * ratio * ratio), ratio < 14.0);
  squares[i] = double_sum(double_times(larger, larger), double_times(smaller, smaller)).x;
}
