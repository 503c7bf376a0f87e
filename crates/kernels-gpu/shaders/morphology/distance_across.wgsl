// The distance to the nearest background, for each pixel: outward along its row over blocks of eight, leaving out those that hold nothing
// near enough, until none further away can.
struct Params {
  width: u32,
  blocks: u32,
  // The rows to do, and the first words of what is bound of squares, of their least ones and of the result.
  top: u32,
  rows: u32,
  away_first: u32,
  least_first: u32,
  distances_first: u32,
  // Height and width of a pixel.
  sampling_row: f32,
  sampling_column: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> away: array<f32>;
@group(0) @binding(2) var<storage, read> least: array<f32>;
@group(0) @binding(3) var<storage, read_write> distances: array<f32>;

fn squared(columns: u32) -> f32 {
  let distance = f32(columns) * params.sampling_column;
  return distance * distance;
}

// The lesser of `best` and what the block has.
fn nearer(best: f32, y: u32, x: u32, block: u32) -> f32 {
  let first = block * 8u;
  let end = min(first + 8u, params.width);
  let gap = select(max(x, end - 1u) - (end - 1u), first - x, x < first);
  if (least[y * params.blocks + block - params.least_first] + squared(gap) >= best) {
    return best;
  }
  var nearest = best;
  for (var c = first; c < end; c++) {
    let columns = max(c, x) - min(c, x);
    nearest = min(nearest, away[y * params.width + c - params.away_first] + squared(columns));
  }
  return nearest;
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.width * params.rows) {
    return;
  }
  let i = params.top * params.width + place;
  let y = i / params.width;
  let x = i % params.width;
  let block = x / 8u;
  var best = nearer(away[i - params.away_first], y, x, block);
  // At least so many columns lie between the pixel and the blocks k further on.
  for (var k = 1u; k < params.blocks && squared(8u * k - 7u) < best; k++) {
    if (k <= block) {
      best = nearer(best, y, x, block - k);
    }
    if (block + k < params.blocks) {
      best = nearer(best, y, x, block + k);
    }
  }
  if (best >= FAR) {
    // No background at all: SciPy then measures to the pixel above the first one.
    let rows = f32(y + 1u) * params.sampling_row;
    best = rows * rows + squared(x);
  }
  distances[i - params.distances_first] = sqrt(best);
}
