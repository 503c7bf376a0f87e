// A recursive filter of the first order along the columns, in place, down or up: one invocation for each. A sample is weighed, and added to what
// was made of the one before it, times the filter's pole.
struct Params {
  // Samples in a row.
  row: u32,
  // The rows to do, and how many there are.
  top: u32,
  rows: u32,
  height: u32,
  // The first word of what is bound.
  first_word: u32,
  // 1 where it goes from the last row up.
  upwards: u32,
  pole: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// The row that it begins with, as it is to be.
@group(0) @binding(1) var<storage, read> start: array<f32>;
@group(0) @binding(2) var<storage, read_write> samples: array<f32>;

// Samples that are on their way from memory at once.
const BLOCK: u32 = 8u;

@compute @workgroup_size(32)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let column = line(group, groups) * 32u + local;
  if (column >= params.row) {
    return;
  }
  let upwards = params.upwards == 1u;
  let first = select(params.top, params.top + params.rows - 1u, upwards);
  // Upwards it wraps round, and so do the sums.
  let step = select(params.row, 0u - params.row, upwards);
  var at = first * params.row + column - params.first_word;
  var left = params.rows;
  var before: f32;
  if (first == select(0u, params.height - 1u, upwards)) {
    before = start[column];
    samples[at] = before;
    at += step;
    left--;
  } else {
    before = samples[at - step];
  }
  let weight = 1.0 - params.pole;
  for (; left >= BLOCK; left -= BLOCK) {
    var block: array<f32, BLOCK>;
    for (var k = 0u; k < BLOCK; k++) {
      block[k] = samples[at + k * step];
    }
    for (var k = 0u; k < BLOCK; k++) {
      before = fma(params.pole, before, weight * block[k]);
      block[k] = before;
    }
    for (var k = 0u; k < BLOCK; k++) {
      samples[at + k * step] = block[k];
    }
    at += BLOCK * step;
  }
  for (; left > 0u; left--) {
    before = fma(params.pole, before, weight * samples[at]);
    samples[at] = before;
    at += step;
  }
}
