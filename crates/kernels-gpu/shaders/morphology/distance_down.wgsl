// The square of how far away the nearest background in its column is, for each pixel, and the least of eight side by side, which one
// invocation does.
struct Params {
  width: u32,
  height: u32,
  // How many eights of pixels a row has, the last of which may be fewer.
  blocks: u32,
  // The rows to do, and the first words of what is bound of both results.
  top: u32,
  rows: u32,
  away_first: u32,
  least_first: u32,
  // The height of a pixel.
  sampling: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// For each strip of 32 rows and each column a word, whose lowest bit is the uppermost row's.
@group(0) @binding(1) var<storage, read> background: array<u32>;
@group(0) @binding(2) var<storage, read_write> away: array<f32>;
@group(0) @binding(3) var<storage, read_write> least: array<f32>;

// Rows to the nearest background, `NOWHERE` where the column has none.
fn rows_away(y: u32, x: u32) -> u32 {
  let strips = (params.height + 31u) / 32u;
  let strip = y / 32u;
  let row = y % 32u;
  let own = background[strip * params.width + x];
  let above = own & (0xffffffffu >> (31u - row));
  let below = own & (0xffffffffu << row);
  var rows = NOWHERE;
  if (above != 0u) {
    rows = row - firstLeadingBit(above);
  }
  if (below != 0u) {
    rows = min(rows, firstTrailingBit(below) - row);
  }
  // Strips further away have nothing nearer.
  for (var k = 1u; k < strips && rows > 32u * (k - 1u); k++) {
    if (k <= strip) {
      let bits = background[(strip - k) * params.width + x];
      if (bits != 0u) {
        rows = min(rows, 32u * k + row - firstLeadingBit(bits));
      }
    }
    if (strip + k < strips) {
      let bits = background[(strip + k) * params.width + x];
      if (bits != 0u) {
        rows = min(rows, 32u * k + firstTrailingBit(bits) - row);
      }
    }
  }
  return rows;
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.blocks * params.rows) {
    return;
  }
  let block = params.top * params.blocks + place;
  let y = block / params.blocks;
  let first = block % params.blocks * 8u;
  var nearest = FAR;
  for (var x = first; x < min(first + 8u, params.width); x++) {
    let rows = rows_away(y, x);
    let distance = f32(rows) * params.sampling;
    let squared = select(distance * distance, FAR, rows == NOWHERE);
    away[y * params.width + x - params.away_first] = squared;
    nearest = min(nearest, squared);
  }
  least[block - params.least_first] = nearest;
}
