// The greatest sample under a mask, and how many there are: each workgroup strides over the image, reduces, and joins what it found
// to what others did. Keys are those of extrema; one of NaN is beyond those of numbers, on either side.
struct Params {
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// [greatest key, samples], all 0 before.
@group(0) @binding(3) var<storage, read_write> found: array<atomic<u32>, 2>;

alias Element = vec2<u32>;

fn combined(a: Element, b: Element) -> Element {
  return vec2(max(a.x, b.x), a.y + b.y);
}

fn element(i: u32) -> Element {
  if (!is_under_mask(i)) {
    return vec2(0u, 0u);
  }
  let sample = sample_at(i);
  return vec2(select(sample ^ 0x80000000u, order(sample), DTYPE == F32), 1u);
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let stride = at.groups.x * at.groups.y * 256u;
  var own = vec2(0u, 0u);
  for (var i = line(at.group, at.groups) * 256u + place_of(at); i < params.count; i += stride) {
    own = combined(own, element(i));
  }
  let all = reduced(own, at);
  if (at.local == 0u) {
    atomicMax(&found[0], all.x);
    atomicAdd(&found[1], all.y);
  }
}
