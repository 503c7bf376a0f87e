// Sums of blocks of samples, one workgroup each: of integers exactly, low and high half by themselves.
struct Params {
  // Samples of the tile, and which block the first of them is in.
  count: u32,
  first_block: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// For each block the sum of a float's bits, or of the levels' low 16 bits and of what is above them.
@group(0) @binding(2) var<storage, read_write> sums: array<vec2<u32>>;

// So few samples that the sum of their low halves fits.
const BLOCK = 16384u;

alias Element = vec2<u32>;

fn combined(a: Element, b: Element) -> Element {
  if (DTYPE == 3u) {
    return vec2<u32>(bitcast<u32>(bitcast<f32>(a.x) + bitcast<f32>(b.x)), 0u);
  }
  return a + b;
}

fn element(i: u32) -> Element {
  if (DTYPE == 3u) {
    return vec2<u32>(source_word(i), 0u);
  }
  let level = source_level(i);
  return vec2<u32>(bitcast<u32>(level) & 0xffffu, bitcast<u32>(level >> 16u));
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let block = line(at.group, at.groups);
  let end = min(params.count, (block + 1u) * BLOCK);
  var own = Element();
  for (var i = block * BLOCK + place_of(at); i < end; i += 256u) {
    own = combined(own, element(i));
  }
  let sum = reduced(own, at);
  // The line of workgroups is folded, and may have more than there are blocks.
  if (at.local == 0u && block * BLOCK < params.count) {
    sums[params.first_block + block] = sum;
  }
}
