// Which pixels are peaks: those above a threshold, not below any neighbour, and far enough from the border.
struct Params {
  width: u32,
  height: u32,
  // Pixels of the tile, and the place of its first block of 1,024.
  count: u32,
  first: u32,
  // How many are left out at the border.
  rows: u32,
  columns: u32,
  // As of `greater`.
  threshold: u32,
  verdict: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// The words of the greatest sample around each pixel.
@group(0) @binding(2) var<storage, read> greatest: array<u32>;

// A sample of a word, as point-wise functions have them.
fn bits_in(word: u32, i: u32) -> u32 {
  if (DTYPE == F32) {
    return word;
  }
  return bitcast<u32>(level_in(word, i));
}

// The sample of a pixel of the tile.
fn own_bits(i: u32) -> u32 {
  return bits_in(source_word(word_of(i)), i);
}

// Whether no neighbour of a pixel of the tile is above it.
fn is_greatest(i: u32) -> bool {
  let own = own_bits(i);
  let best = bits_in(greatest[word_of(i)], i);
  if (DTYPE != F32) {
    return own == best;
  }
  return !is_nan(own) && !is_nan(best) && order(own) == order(best);
}

// The place of a pixel of the tile in the image.
fn place_in_image(i: u32) -> u32 {
  return params.first * 1024u + i;
}

fn is_peak(i: u32) -> bool {
  let place = place_in_image(i);
  let y = place / params.width;
  let x = place % params.width;
  let inside = y >= params.rows && y + params.rows < params.height && x >= params.columns &&
    x + params.columns < params.width;
  return inside && is_greatest(i) && greater(own_bits(i), DTYPE, Greater(params.threshold, params.verdict)) == 1u;
}
