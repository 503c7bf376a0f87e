// Passes over labels in runs: pixels of one region that follow each other in a row, 16 at most, so that a large region is not added to at
// every pixel. The kernel says how a run is added to its region's sums.
@group(0) @binding(2) var<storage, read> labels: array<u32>;
// By label, so many words for each, all 0 before. What is least is kept as its complement, for that.
@group(0) @binding(3) var<storage, read_write> sums: array<atomic<u32>>;

// The labels' dtype, as DTYPE.
override LABELS: u32 = 2u;

fn label_at(i: u32) -> i32 {
  if (LABELS == 0u) {
    return i32((labels[i >> 2u] >> ((i & 3u) * 8u)) & 0xffu);
  }
  if (LABELS == 1u) {
    return i32((labels[i >> 1u] >> ((i & 1u) * 16u)) & 0xffffu);
  }
  return bitcast<i32>(labels[i]);
}

// Adds 64 bits, of which the lower half comes first in memory. Each addition carries by itself, so their order does not matter.
fn add(place: u32, value: vec2<u32>) {
  let before = atomicAdd(&sums[place], value.y);
  let high = value.x + select(0u, 1u, before + value.y < before);
  if (high != 0u) {
    atomicAdd(&sums[place + 1u], high);
  }
}

fn times(a: vec2<u32>, b: u32) -> vec2<u32> {
  return product(a.y, b) + vec2(a.x * b, 0u);
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  var i = (line(group, groups) * 256u + local) * 16u;
  let end = min(i + 16u, params.count);
  while (i < end) {
    let label = label_at(i);
    let row = (params.first + i) / params.width;
    let column = (params.first + i) % params.width;
    let most = min(end - i, params.width - column);
    var length = 1u;
    while (length < most && label_at(i + length) == label) {
      length++;
    }
    if (label > 0) {
      add_run(u32(label), i, row, column, length);
    }
    i += length;
  }
}
