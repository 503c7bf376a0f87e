// Levels by the curves of the four tiles around each pixel, interpolated. Terms are products of 64 bits that are added up in 32, as scikit-image
// does, since every bit decides where a sum is cut to a whole number.
struct Params {
  // The pixels from `first` on.
  first: u32,
  pixels: u32,
  height: u32,
  width: u32,
  // Of a tile.
  rows: u32,
  columns: u32,
  // The last tile of a column, and of a row.
  bottom: u32,
  right: u32,
  bins: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Levels of bins, one tile after the other, two to a word.
@group(0) @binding(2) var<storage, read> curves: array<u32>;
// What the tiles before and after a pixel weigh, for each row of a tile and then for each column.
@group(0) @binding(3) var<storage, read> weights: array<vec2<u32>>;
@group(0) @binding(4) var<storage, read_write> result: array<u32>;

// The tiles before and after a pixel, counted from their centres, the nearest one at the ends of a line.
fn tiles(place: u32, side: u32, last: u32) -> vec2<u32> {
  let next = (place + side / 2u) / side;
  return vec2(max(next, 1u) - 1u, min(next, last));
}

fn phase(place: u32, side: u32) -> u32 {
  return (place + side / 2u) % side;
}

fn level(i: u32) -> u32 {
  let bin = u32(source_level(i));
  let row = (params.first + i) / params.width;
  let column = (params.first + i) % params.width;
  let down = tiles(row, params.rows, params.bottom);
  let across = tiles(column, params.columns, params.right);
  let y = 2u * phase(row, params.rows);
  let x = 2u * (params.rows + phase(column, params.columns));
  var sum = 0u;
  for (var corner = 0u; corner < 4u; corner++) {
    let below = corner >> 1u;
    let beside = corner & 1u;
    let entry = (down[below] * (params.right + 1u) + across[beside]) * params.bins + bin;
    let mapped = (curves[entry >> 1u] >> ((entry & 1u) * 16u)) & 0xffffu;
    let weight = double_product(weights[x + beside], weights[y + below]);
    sum = single_sum(sum, single_of(double_product(double_of(mapped), weight)));
  }
  return u32(bitcast<f32>(sum));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = line(group, groups) * 256u + local;
  let first = at * 2u;
  if (first >= params.pixels) {
    return;
  }
  var word = level(first);
  if (first + 1u < params.pixels) {
    word |= level(first + 1u) << 16u;
  }
  result[at] = word;
}
