// Where the gradient is nowhere greater at one pixel's distance along it, four pixels of both masks to an invocation.
struct Params {
  width: u32,
  height: u32,
  // The words of the masks to do, and the first words of what is bound.
  begin: u32,
  words: u32,
  first_word: u32,
  gradient_first: u32,
  within_first: u32,
  crests_first: u32,
  strong_first: u32,
  // The least gradient of a crest, and of a strong one.
  low_high: u32,
  low_low: u32,
  high_high: u32,
  high_low: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> gradient: array<vec4<u32>>;
// A mask outside of which, and along whose border, there is no crest.
@group(0) @binding(3) var<storage, read> within: array<u32>;
@group(0) @binding(4) var<storage, read_write> crests: array<u32>;
@group(0) @binding(5) var<storage, read_write> strong: array<u32>;

override MASKED: bool = false;

fn length_at(i: u32) -> Double {
  return vec2(source_word(2u * i), source_word(2u * i + 1u));
}

fn is_surrounded(i: u32) -> bool {
  for (var row = 0u; row < 3u; row++) {
    for (var column = 0u; column < 3u; column++) {
      let at = i + row * params.width + column - params.width - 1u;
      let word = within[(at >> 2u) - params.within_first];
      if (((word >> ((at & 3u) * 8u)) & 0xffu) == 0u) {
        return false;
      }
    }
  }
  return true;
}

// What lies between two neighbours, by the weight of the first.
fn between(diagonal: u32, straight: u32, weight: Double, other: Double) -> Double {
  return double_sum(double_times(length_at(diagonal), weight), double_times(length_at(straight), other));
}

fn is_crest(i: u32, here: Double) -> bool {
  let own = gradient[i - params.gradient_first / 4u];
  let falling = double_is_positive(own.xy) == double_is_positive(own.zw);
  let vertical = double_magnitude(own.xy);
  let horizontal = double_magnitude(own.zw);
  let steep = long_less(horizontal, vertical) || (all(horizontal == vertical) && !falling);
  let greater = select(horizontal, vertical, steep);
  let less = select(vertical, horizontal, steep);
  let weight = double_quotient(less, greater);
  let other = double_difference(DOUBLE_ONE, weight);
  // From the pixel to two of its neighbours; indices wrap around.
  let diagonal = select(0u - params.width, params.width, falling) + 1u;
  let straight = select(1u, diagonal - 1u, steep);
  return double_at_most(between(i + diagonal, i + straight, weight, other), here) &&
    double_at_most(between(i - diagonal, i - straight, weight, other), here);
}

// Whether there is a crest, and a strong one.
fn judged(i: u32) -> vec2<bool> {
  let y = i / params.width;
  let x = i % params.width;
  // The outermost pixels, which lack neighbours, are no edge.
  if (y == 0u || x == 0u || y + 1u >= params.height || x + 1u >= params.width) {
    return vec2(false);
  }
  let here = length_at(i);
  if (!double_at_most(vec2(params.low_high, params.low_low), here)) {
    return vec2(false);
  }
  if (MASKED) {
    if (!is_surrounded(i)) {
      return vec2(false);
    }
  }
  let found = is_crest(i, here);
  return vec2(found, found && double_at_most(vec2(params.high_high, params.high_low), here));
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 64u + local;
  if (place >= params.words) {
    return;
  }
  let word = params.begin + place;
  let count = params.width * params.height;
  var bits = vec2(0u);
  for (var k = 0u; k < 4u; k++) {
    let i = 4u * word + k;
    if (i < count) {
      bits |= vec2<u32>(judged(i)) << vec2(8u * k);
    }
  }
  crests[word - params.crests_first] = bits.x;
  strong[word - params.strong_first] = bits.y;
}
