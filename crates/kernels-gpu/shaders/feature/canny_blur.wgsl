// An image of 64 bits weighed by a Gaussian down the rows, or across the columns and then divided by what shares of it lie in the image.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of source, of source beyond the edges, of shares and of the result.
  top: u32,
  rows: u32,
  source_first: u32,
  beyond_first: u32,
  shares_first: u32,
  result_first: u32,
  // How far weights reach, also down the rows.
  radius: u32,
  radius_down: u32,
  // What lies beyond the edge with a constant border.
  cval_high: u32,
  cval_low: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// From the centre outwards.
@group(0) @binding(2) var<storage, read> weights: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read> shares: array<vec2<u32>>;
@group(0) @binding(5) var<storage, read_write> result: array<vec2<u32>>;

override DOWN: bool = false;
// Of what to divide by: 0 nothing, 1 a table of numbers by how far pixels are from the edges, 2 an image, to which the last bit of 1 is added.
override SHARES: u32 = 0u;

const EPSILON = vec2(0x3cb00000u, 0u);

fn sample(y: i32, x: i32) -> Double {
  var row = y;
  var column = x;
  if (DOWN) {
    row = border(y, i32(params.height));
  } else {
    column = border(x, i32(params.width));
  }
  if (row < 0 || column < 0) {
    return vec2(params.cval_high, params.cval_low);
  }
  let i = 2u * (u32(row) * params.width + u32(column));
  return vec2(source_word(i), source_word(i + 1u));
}

// Of a pixel so many pixels down a line: its place in the table, which has one for all that are far from both ends.
fn class_of(i: u32, length: u32, radius: u32) -> u32 {
  if (i < radius) {
    return i;
  }
  if (i + radius >= length) {
    return i + min(length, 2u * radius + 1u) - length;
  }
  return radius;
}

fn divided(value: Double, y: u32, x: u32) -> Double {
  if (SHARES == 1u) {
    let row = class_of(y, params.height, params.radius_down);
    let columns = min(params.width, 2u * params.radius + 1u);
    return double_quotient(value, shares[row * columns + class_of(x, params.width, params.radius)]);
  }
  if (SHARES == 2u) {
    let share = shares[y * params.width + x - params.shares_first / 2u];
    return double_quotient(value, double_sum(share, EPSILON));
  }
  return value;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 64u + local;
  if (place >= params.rows * params.width) {
    return;
  }
  let y = i32(params.top + place / params.width);
  let x = i32(place % params.width);
  var sum = double_times(weights[0], sample(y, x));
  // Neighbours at one distance are added first, the outermost before those further in.
  for (var distance = i32(params.radius); distance > 0; distance--) {
    let aside = select(distance, 0, DOWN);
    let away = select(0, distance, DOWN);
    let both = double_sum(sample(y - away, x - aside), sample(y + away, x + aside));
    sum = double_sum(sum, double_times(weights[distance], both));
  }
  let i = u32(y) * params.width + u32(x) - params.result_first / 2u;
  result[i] = divided(sum, u32(y), u32(x));
}
