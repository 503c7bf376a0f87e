// Which pixels are background, a bit each: a word for 32 rows of a column, the uppermost in its lowest bit.
struct Params {
  width: u32,
  height: u32,
  // The strips of 32 rows to do, and the first word of what is bound of the image.
  top: u32,
  strips: u32,
  first_word: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// Strip by strip, of the whole image.
@group(0) @binding(2) var<storage, read_write> background: array<u32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.width * params.strips) {
    return;
  }
  let i = params.top * params.width + place;
  let first = i / params.width * 32u;
  let column = i % params.width;
  var bits = 0u;
  for (var k = 0u; k < min(32u, params.height - first); k++) {
    bits |= u32(source_is_zero((first + k) * params.width + column)) << k;
  }
  background[i] = bits;
}
