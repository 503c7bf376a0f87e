// The medians of blocks, bit by bit: of the keys below which there are few enough others, the greatest.
struct Params {
  // Medians of the rows to do, and the first of them.
  count: u32,
  first: u32,
  width: u32,
  height: u32,
  channels: u32,
  to_width: u32,
  // Sides of a block.
  rows: u32,
  columns: u32,
  // The key of what fills blocks.
  cval: u32,
  // The first words of what is bound of the image, and of the medians.
  first_word: u32,
  medians_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> medians: array<u32>;

struct Block {
  top: u32,
  left: u32,
  bottom: u32,
  right: u32,
  channel: u32,
  // How many cells lie beyond the image.
  missing: u32,
}

fn key_at(block: Block, y: u32, x: u32) -> u32 {
  return key_of((y * params.width + x) * params.channels + block.channel);
}

// How many keys of a block are below another.
fn below(block: Block, key: u32) -> u32 {
  var count = select(0u, block.missing, params.cval < key);
  for (var y = block.top; y < block.bottom; y++) {
    for (var x = block.left; x < block.right; x++) {
      count += select(0u, 1u, key_at(block, y, x) < key);
    }
  }
  return count;
}

// The key with so many before it, in order.
fn key_after(block: Block, before: u32) -> u32 {
  // Bytes and 16-bit levels differ in their lower bits alone.
  let bits = select(select(32u, 16u, DTYPE == 1u), 8u, DTYPE == 0u);
  var key = select(0u, 0x80000000u, DTYPE < 2u);
  for (var bit = bits; bit > 0u; bit--) {
    let larger = key | (1u << (bit - 1u));
    if (below(block, larger) <= before) {
      key = larger;
    }
  }
  return key;
}

// The key that comes next, which is the same where more than `before` and one are not above it.
fn next_key(block: Block, key: u32, before: u32) -> u32 {
  var others = select(0u, block.missing, params.cval <= key);
  var next = select(NAN, params.cval, block.missing > 0u && params.cval > key);
  for (var y = block.top; y < block.bottom; y++) {
    for (var x = block.left; x < block.right; x++) {
      let own = key_at(block, y, x);
      if (own <= key) {
        others += 1u;
      } else {
        next = min(next, own);
      }
    }
  }
  return select(next, key, others > before + 1u);
}

// As a float.
fn value_of(key: u32) -> u32 {
  let sample = sample_of(key);
  if (DTYPE == 3u) {
    return sample;
  }
  return bitcast<u32>(f32(bitcast<i32>(sample)));
}

fn median(block: Block) -> u32 {
  let cells = params.rows * params.columns;
  if (DTYPE == 3u && below(block, NAN) < cells) {
    return sample_of(NAN);
  }
  let before = (cells - 1u) / 2u;
  let key = key_after(block, before);
  if (cells % 2u == 1u) {
    return value_of(key);
  }
  let next = next_key(block, key, before);
  if (next == key) {
    return value_of(key);
  }
  // Halves first: their sum stays in the range of floats.
  return bitcast<u32>(0.5 * bitcast<f32>(value_of(key)) + 0.5 * bitcast<f32>(value_of(next)));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.count) {
    return;
  }
  let i = params.first + place;
  let pixel = i / params.channels;
  let top = pixel / params.to_width * params.rows;
  let left = pixel % params.to_width * params.columns;
  let bottom = min(top + params.rows, params.height);
  let right = min(left + params.columns, params.width);
  let missing = params.rows * params.columns - (bottom - top) * (right - left);
  medians[i - params.medians_first] = median(Block(top, left, bottom, right, i % params.channels, missing));
}
