// An image of 64 bits weighed by an even or odd kernel down the rows or across the columns, and divided by what shares of it lie in the image.
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
  // 1 to go down the rows, 0 across the columns.
  down: u32,
  // The sign bit where weights have the other sign before a sample, else 0.
  odd: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// The rows of a tile with their halo, and beyond an edge that wraps those of the other end.
@group(0) @binding(1) var<storage, read> source: array<vec2<u32>>;
@group(0) @binding(4) var<storage, read> beyond: array<vec2<u32>>;
// From the centre outwards.
@group(0) @binding(2) var<storage, read> weights: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read> shares: array<vec2<u32>>;
@group(0) @binding(5) var<storage, read_write> result: array<vec2<u32>>;

// Whether the windows do not begin with the image.
override WINDOWED: bool = false;
// Of what to divide by: 0 nothing, 1 a table of numbers by how far pixels are from the edges, 2 an image, to which the last bit of 1 is added.
override SHARES: u32 = 0u;

const EPSILON = vec2(0x3cb00000u, 0u);

fn sample(y: i32, x: i32) -> Double {
  var row = y;
  var column = x;
  if (params.down == 1u) {
    row = border(y, i32(params.height));
  } else {
    column = border(x, i32(params.width));
  }
  if (row < 0 || column < 0) {
    return vec2(params.cval_high, params.cval_low);
  }
  let i = u32(row) * params.width + u32(column);
  if (!WINDOWED) {
    return source[i];
  }
  let place = i - params.source_first / 2u;
  if (place < arrayLength(&source)) {
    return source[place];
  }
  return beyond[i - params.beyond_first / 2u];
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

// Whether a weighed sum of two samples is at most a quarter of a sum's last bit, so that the sum stays as it is.
fn is_lost(weight: Double, before: Double, after: Double, sum: Double) -> bool {
  let greatest = max(exponent_of(before), exponent_of(after));
  return greatest != 0x7ffu && exponent_of(weight) + greatest <= exponent_of(sum) + 966u;
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
  // Neighbours at one distance are taken together. Those of an even kernel come from the outermost ones in, those of an odd one outwards.
  for (var k = 1u; k <= params.radius; k++) {
    let distance = select(k, params.radius + 1u - k, params.odd == 0u);
    let away = select(vec2(i32(distance), 0), vec2(0, i32(distance)), params.down == 1u);
    let before = sample(y - away.y, x - away.x);
    let after = sample(y + away.y, x + away.x);
    let weight = weights[distance];
    if (is_lost(weight, before, after, sum)) {
      continue;
    }
    let both = double_sum(vec2(before.x ^ params.odd, before.y), after);
    sum = double_sum(sum, double_times(weight, both));
  }
  let i = u32(y) * params.width + u32(x) - params.result_first / 2u;
  result[i] = divided(sum, u32(y), u32(x));
}
