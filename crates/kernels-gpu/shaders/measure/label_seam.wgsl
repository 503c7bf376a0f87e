// A tile's pixels that have neighbours in other tiles, the first ones and the last ones, by their places in a list of those of all tiles.
struct Params {
  // Pixels of the tile, and the first of them in the image.
  pixels: u32,
  first: u32,
  // Places in the list, the first of them, and how many are of the first pixels.
  count: u32,
  first_place: u32,
  begin: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;

const TAG: u32 = 0x80000000u;

// The pixel of the tile at the place `i` after the first one.
fn pixel_of(i: u32) -> u32 {
  return select(params.pixels + i - params.count, i, i < params.begin);
}
