// Every peak's place and sample, row by row.

// How many there are before each block.
@group(0) @binding(3) var<storage, read> counts: array<u32>;
@group(0) @binding(4) var<storage, read_write> peaks: array<vec2<u32>>;

alias Element = u32;

fn combined(a: u32, b: u32) -> u32 {
  return a + b;
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let block = line(at.group, at.groups);
  let first = block * 1024u + place_of(at) * 4u;
  var own = 0u;
  for (var i = first; i < first + 4u; i++) {
    own += u32(i < params.count && is_peak(i));
  }
  let before = scanned(own, at).before;
  if (block * 1024u < params.count) {
    var rank = counts[params.first + block] + before;
    for (var i = first; i < first + 4u; i++) {
      if (i < params.count && is_peak(i)) {
        peaks[rank] = vec2(place_in_image(i), own_bits(i));
        rank++;
      }
    }
  }
}
