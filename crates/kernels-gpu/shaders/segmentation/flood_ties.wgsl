// Which of several neighbours reaches a pixel: the one whose parent comes first, or its parent, and so on up to the markers. Which of two
// markers with one value comes first only scikit-image's heap would tell.
struct Params {
  width: u32,
  height: u32,
  // From 0 on.
  round: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(3) var<storage, read> labels: array<u32>;
@group(0) @binding(4) var<storage, read_write> parents: array<atomic<u32>>;
@group(0) @binding(5) var<storage, read_write> doubts: array<atomic<u32>>;
@group(0) @binding(6) var<storage, read_write> latest: array<atomic<u32>>;

// Drivers may end a loop after 65,535 turns.
const FURTHEST: u32 = 50000u;

// What comes of a comparison.
const FIRST: u32 = 0u;
const SECOND: u32 = 1u;
// It makes no difference.
const EITHER: u32 = 2u;
// Nobody can tell.
const UNKNOWN: u32 = 3u;
// A parent on the way is not known yet.
const LATER: u32 = 4u;

// Of two neighbours of a pixel with one level and as many steps.
fn compare(one: u32, other: u32) -> u32 {
  var i = one;
  var j = other;
  for (var step = 0u; step < FURTHEST; step++) {
    // Both are markers, or neither is.
    if (steps[i] == 0u) {
      return select(UNKNOWN, EITHER, labels[i] == labels[j]);
    }
    i = atomicLoad(&parents[i]);
    j = atomicLoad(&parents[j]);
    if (i == NONE || j == NONE) {
      return LATER;
    }
    if (i == j) {
      return EITHER;
    }
    if (comes_before(i, j)) {
      return FIRST;
    }
    if (comes_before(j, i)) {
      return SECOND;
    }
  }
  return UNKNOWN;
}

// A number that looks as if drawn at random: M. Jarzynski, M. Olano, "Hash Functions for GPU Rendering", 2020.
fn mixed(i: u32) -> u32 {
  let state = i * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  // Where one pixel is in doubt the others do not matter.
  if (i >= params.width * params.height || is_settled() || atomicLoad(&doubts[1]) != 0u) {
    return;
  }
  if (levels[i] == NONE || atomicLoad(&parents[i]) != NONE) {
    return;
  }
  let row = i / params.width;
  let column = i % params.width;
  let first = first_neighbour(row, column);
  var parent = first;
  var is_doubtful = false;
  for (var k = 0u; k < NUMBERS; k++) {
    let j = neighbour(row, column, k);
    if (j == NOWHERE || j == first || comes_before(first, j)) {
      continue;
    }
    let result = compare(parent, j);
    if (result == LATER) {
      return;
    }
    // Of what makes no difference, either: ways that all go by the same side would run beside each other up to the markers.
    if (result == SECOND || (result == EITHER && (mixed(i) & 1u) == 1u)) {
      parent = j;
    }
    is_doubtful = result == UNKNOWN || (is_doubtful && result != SECOND);
  }
  if (is_doubtful) {
    atomicStore(&doubts[1], 1u);
  }
  atomicStore(&parents[i], parent);
  note_change();
}
