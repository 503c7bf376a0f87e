// The structural similarity of two images, summed over tiles of 16 × 16 pixels and all channels. Whether that of each sample is kept, and
// how, another source says.
struct Params {
  width: u32,
  height: u32,
  // The rows to do.
  top: u32,
  rows: u32,
  first_word: u32,
  // Pixels along each edge that do not count.
  margin: u32,
  // What samples are multiplied by.
  scale: f32,
  // What covariances are multiplied by.
  covariance: f32,
  c1: f32,
  c2: f32,
  // The first word of what is bound of the similarities.
  kept_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Of the window, along either axis: 2 RADIUS + 1 of them.
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read_write> sums: array<f32>;

override CHANNELS: u32 = 1u;

var<private> channel: u32;

// A sample of either image: the level where that has 32 bits, else the bits of its value.
alias Cell = vec2<u32>;
const CELLS: u32 = 2048u;

fn cell(y: i32, x: i32) -> Cell {
  let row = u32(border(y, i32(params.height)));
  let column = u32(border(x, i32(params.width)));
  let i = (row * params.width + column) * CHANNELS + channel;
  let word = word_of(i);
  let first = source_word(word);
  let second = other_word(word);
  if (DTYPE == 2u) {
    return vec2(first, second);
  }
  return bitcast<vec2<u32>>(vec2(value_in(first, i), value_in(second, i)) * params.scale);
}

fn values(one: Cell) -> vec2<f32> {
  if (DTYPE == 2u) {
    return vec2<f32>(bitcast<vec2<i32>>(one)) * params.scale;
  }
  return bitcast<vec2<f32>>(one);
}

// How much greater samples are than others, with the digits of levels of 32 bits too.
fn apart(some: Cell, others: Cell) -> vec2<f32> {
  if (DTYPE == 2u) {
    let one = bitcast<vec2<i32>>(some);
    let other = bitcast<vec2<i32>>(others);
    return vec2(level_distance(one.x, other.x), level_distance(one.y, other.y)) * params.scale;
  }
  return values(some) - values(others);
}

alias Element = f32;

fn combined(a: f32, b: f32) -> f32 {
  return a + b;
}

fn similarity(local: u32) -> f32 {
  let own = stencil_cell(local, RADIUS, RADIUS);
  // Means of what is left of the pixel's own samples, which keeps the digits of small variances.
  var mean = vec2(0.0);
  var squares = vec2(0.0);
  var product = 0.0;
  for (var down = 0u; down <= 2u * RADIUS; down++) {
    for (var across = 0u; across <= 2u * RADIUS; across++) {
      let weight = weights[down] * weights[across];
      let difference = apart(stencil_cell(local, down, across), own);
      mean += weight * difference;
      squares += weight * (difference * difference);
      product += weight * (difference.x * difference.y);
    }
  }
  let variances = params.covariance * (squares - mean * mean);
  let covariance = params.covariance * (product - mean.x * mean.y);
  let u = values(own) + mean;
  let likeness = (2.0 * u.x * u.y + params.c1) * (2.0 * covariance + params.c2);
  return likeness / ((dot(u, u) + params.c1) * (variances.x + variances.y + params.c2));
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let across = (params.width + 15u) / 16u;
  let tile = line(at.group, at.groups);
  let top = params.top + tile / across * 16u;
  let left = tile % across * 16u;
  let local = place_of(at);
  let y = top + local / 16u;
  let x = left + local % 16u;
  let exists = y < min(params.top + params.rows, params.height) && x < params.width;
  let counts = exists
    && y >= params.margin && y + params.margin < params.height
    && x >= params.margin && x + params.margin < params.width;
  var own = 0.0;
  for (var c = 0u; c < CHANNELS; c++) {
    channel = c;
    // The tile of the last channel may still be read.
    workgroupBarrier();
    load_stencil(top, left, local);
    if (counts || (KEEPS && exists)) {
      let likeness = similarity(local);
      own += select(0.0, likeness, counts);
      keep((y * params.width + x) * CHANNELS + c, likeness);
    }
  }
  let sum = reduced(own, at);
  if (at.local == 0u && tile / across * 16u < params.rows) {
    sums[(params.top / 16u) * across + tile] = sum;
  }
}
