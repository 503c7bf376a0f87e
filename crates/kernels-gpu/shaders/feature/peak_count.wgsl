// How many peaks there are in each block of 1,024 pixels, and whether any pixel is below a neighbour.

// A count for each block, room for that of all, and 1 if the image is not flat; zeros before.
@group(0) @binding(3) var<storage, read_write> counts: array<atomic<u32>>;

// Peaks, and whether some pixel is below a neighbour.
alias Element = vec2<u32>;

fn combined(a: Element, b: Element) -> Element {
  return vec2(a.x + b.x, a.y | b.y);
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let block = line(at.group, at.groups);
  let first = block * 1024u + place_of(at) * 4u;
  var own = vec2(0u);
  for (var i = first; i < first + 4u; i++) {
    if (i < params.count) {
      own = combined(own, vec2(u32(is_peak(i)), u32(!is_greatest(i))));
    }
  }
  let all = reduced(own, at);
  if (at.local == 0u && block * 1024u < params.count) {
    atomicStore(&counts[params.first + block], all.x);
    atomicOr(&counts[arrayLength(&counts) - 1u], all.y);
  }
}
