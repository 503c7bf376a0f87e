// Least and greatest sample: each workgroup strides over the image, reduces, and joins its results to those of the others.
// Keys are `order` of the bits for floats and the level with its sign bit flipped for integers.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// [least key, greatest key, number of NaN], set to [all ones, 0, 0] before.
@group(0) @binding(2) var<storage, read_write> extrema: array<atomic<u32>, 3>;

alias Element = vec3<u32>;

fn combined(a: Element, b: Element) -> Element {
  return vec3(min(a.x, b.x), max(a.y, b.y), a.z + b.z);
}

fn element(i: u32) -> Element {
  if (DTYPE != 3u) {
    let key = bitcast<u32>(source_level(i)) ^ 0x80000000u;
    return vec3(key, key, 0u);
  }
  let bits = source_word(i);
  if (is_nan(bits)) {
    return vec3(0xffffffffu, 0u, 1u);
  }
  return vec3(order(bits), order(bits), 0u);
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let stride = at.groups.x * at.groups.y * 256u;
  var own = vec3(0xffffffffu, 0u, 0u);
  for (var i = line(at.group, at.groups) * 256u + place_of(at); i < params.count; i += stride) {
    own = combined(own, element(i));
  }
  let all = reduced(own, at);
  if (at.local == 0u) {
    atomicMin(&extrema[0], all.x);
    atomicMax(&extrema[1], all.y);
    atomicAdd(&extrema[2], all.z);
  }
}
