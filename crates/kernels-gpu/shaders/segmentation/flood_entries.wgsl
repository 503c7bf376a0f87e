// How far pixels are from where their level is entered, where that is known beforehand: markers are there (0), and those beside a lower level
// one step away (1).
struct Params {
  width: u32,
  height: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> levels: array<u32>;
@group(0) @binding(2) var<storage, read> labels: array<u32>;
@group(0) @binding(3) var<storage, read_write> steps: array<u32>;

// Whether there are markers.
override MARKED: bool = false;

// The level of what is not reached, and of steps that are not known yet.
const NONE: u32 = 0xffffffffu;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.width * params.height) {
    return;
  }
  let level = levels[i];
  var is_entry = false;
  for (var k = 0u; k < NUMBERS; k++) {
    let j = neighbour(i / params.width, i % params.width, k);
    if (j != NOWHERE && levels[j] < level) {
      is_entry = true;
    }
  }
  let is_marker = MARKED && labels[i] != 0u;
  steps[i] = select(select(NONE, 1u, is_entry && level != NONE), 0u, is_marker);
}
