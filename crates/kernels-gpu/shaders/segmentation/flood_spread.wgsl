// Each pixel takes the least of what its neighbours have and of what it has itself, tile by tile of 16 × 16 pixels: a tile in which something
// may change goes on for a few steps in workgroup memory.
struct Params {
  width: u32,
  height: u32,
  // From 0 on.
  round: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> values: array<u32>;
@group(0) @binding(2) var<storage, read_write> state: array<atomic<u32>>;
// Word 0: the last round that changed something, plus one. Word 1 + n: the round in which tile n is due.
@group(0) @binding(3) var<storage, read_write> requests: array<atomic<u32>>;

// Whether only neighbours of equal value count; else nothing falls below its own value.
override EQUAL: bool = false;
// What is added on the way.
override STEP: u32 = 0u;

const SIDE: u32 = 16u;
// With the pixels around.
const PITCH: u32 = 18u;
const STEPS: u32 = 32u;
// Where nothing came yet.
const NONE: u32 = 0xffffffffu;

var<workgroup> tile: array<u32, 324>;
var<workgroup> moved: atomic<u32>;
var<workgroup> goes_on: u32;

fn size() -> vec2<u32> {
  return (vec2(params.height, params.width) + SIDE - 1u) / SIDE;
}

// Beyond the upper and the left edge lie the greatest numbers.
fn request(row: u32, column: u32) {
  if (row < size().x && column < size().y) {
    atomicMax(&requests[1u + row * size().y + column], params.round + 1u);
  }
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let number = line(group, groups);
  let at = vec2(number / size().y, number % size().y);
  if (local == 0u) {
    goes_on = u32(at.x < size().x && atomicLoad(&requests[1u + number]) >= params.round);
  }
  if (workgroupUniformLoad(&goes_on) == 0u) {
    return;
  }
  for (var k = local; k < PITCH * PITCH; k += 256u) {
    let row = at.x * SIDE + k / PITCH - 1u;
    let column = at.y * SIDE + k % PITCH - 1u;
    tile[k] = NONE;
    if (row < params.height && column < params.width) {
      tile[k] = atomicLoad(&state[row * params.width + column]);
    }
  }
  let inside = vec2(local / SIDE, local % SIDE);
  let row = at.x * SIDE + inside.x;
  let column = at.y * SIDE + inside.y;
  let is_pixel = row < params.height && column < params.width;
  let i = row * params.width + column;
  var least_value = 0u;
  var ways = 0u;
  if (is_pixel) {
    let value = values[i];
    least_value = select(value, 0u, EQUAL);
    for (var k = 0u; k < NUMBERS; k++) {
      let j = neighbour(row, column, k);
      if (j == NOWHERE || (EQUAL && values[j] != value)) {
        continue;
      }
      ways |= 1u << k;
    }
  }
  workgroupBarrier();
  let own = (inside.x + 1u) * PITCH + inside.y + 1u;
  let before = tile[own];
  var state_here = before;
  for (var step = 0u; step < STEPS; step++) {
    var least = NONE;
    for (var k = 0u; k < NUMBERS; k++) {
      if ((ways & (1u << k)) != 0u) {
        least = min(least, tile[own + (k / 3u) * PITCH + k % 3u - PITCH - 1u]);
      }
    }
    least = max(select(least + STEP, NONE, least > NONE - STEP), least_value);
    workgroupBarrier();
    if (least < state_here) {
      state_here = least;
      tile[own] = least;
      atomicStore(&moved, 1u);
    }
    workgroupBarrier();
    if (local == 0u) {
      goes_on = atomicExchange(&moved, 0u);
    }
    if (workgroupUniformLoad(&goes_on) == 0u) {
      break;
    }
  }
  if (local == 0u && goes_on != 0u) {
    request(at.x, at.y);
  }
  if (state_here != before) {
    atomicStore(&moved, 1u);
  }
  workgroupBarrier();
  if (local == 0u && atomicLoad(&moved) != 0u) {
    atomicMax(&requests[0], params.round + 1u);
  }
  if (state_here == before) {
    return;
  }
  atomicStore(&state[i], state_here);
  // Tiles beside a pixel that changed.
  let down = select(select(0u, 1u, inside.x == SIDE - 1u), NONE, inside.x == 0u);
  let across = select(select(0u, 1u, inside.y == SIDE - 1u), NONE, inside.y == 0u);
  if (down != 0u) {
    request(at.x + down, at.y);
  }
  if (across != 0u) {
    request(at.x, at.y + across);
  }
  if (CORNERS && down != 0u && across != 0u) {
    request(at.x + down, at.y + across);
  }
}
