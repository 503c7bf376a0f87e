// The gradient by Sobel's filter, not normalised, of an image of 64 bits that is reflected at its edges.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of source and results.
  top: u32,
  rows: u32,
  first_word: u32,
  gradient_first: u32,
  lengths_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Down the rows and to the right.
@group(0) @binding(2) var<storage, read_write> gradient: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read_write> lengths: array<vec2<u32>>;

fn sample(y: i32, x: i32) -> Double {
  let row = u32(clamp(y, 0, i32(params.height) - 1));
  let i = 2u * (row * params.width + u32(clamp(x, 0, i32(params.width) - 1)));
  return vec2(source_word(i), source_word(i + 1u));
}

// Of the samples on both sides. The one between has no weight, but where it is not finite, nor is the difference.
fn difference(before: Double, here: Double, after: Double) -> Double {
  return select(double_difference(after, before), DOUBLE_NAN, double_is_special(here));
}

fn smoothed(before: Double, here: Double, after: Double) -> Double {
  return double_sum(double_twice(here), double_sum(before, after));
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
  var below: array<Double, 3>;
  var across: array<Double, 3>;
  for (var i = 0; i < 3; i++) {
    let away = i - 1;
    below[i] = difference(sample(y - 1, x + away), sample(y, x + away), sample(y + 1, x + away));
    across[i] = difference(sample(y + away, x - 1), sample(y + away, x), sample(y + away, x + 1));
  }
  let down = smoothed(below[0], below[1], below[2]);
  let right = smoothed(across[0], across[1], across[2]);
  let i = u32(y) * params.width + u32(x);
  gradient[i - params.gradient_first / 4u] = vec4(down, right);
  lengths[i - params.lengths_first / 2u] =
    double_root(double_sum(double_times(down, down), double_times(right, right)));
}
