// Histograms of tiles, one after the other. The last tiles of a row and of a column go beyond the image, which is mirrored there.
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
// How often each row, and then each column, lies beyond the image.
@group(0) @binding(2) var<storage, read> mirrored: array<u32>;
@group(0) @binding(3) var<storage, read_write> counts: array<atomic<u32>>;

fn count(down: u32, across: u32, bin: u32, times: u32) {
  if (times != 0u) {
    atomicAdd(&counts[(down * (params.right + 1u) + across) * params.bins + bin], times);
  }
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.pixels) {
    return;
  }
  let bin = u32(source_level(i));
  let row = (params.first + i) / params.width;
  let column = (params.first + i) % params.width;
  let down = row / params.rows;
  let across = column / params.columns;
  let below = mirrored[row];
  let beside = mirrored[params.height + column];
  count(down, across, bin, 1u);
  count(params.bottom, across, bin, below);
  count(down, params.right, bin, beside);
  count(params.bottom, params.right, bin, below * beside);
}
