// The samples of some pixels from anywhere in an image: the bits of floats, or levels.
struct Params {
  // How many are looked up.
  count: u32,
  channels: u32,
  // The pixels of the tile, and the first of them.
  first: u32,
  pixels: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> places: array<u32>;
@group(0) @binding(3) var<storage, read_write> samples: array<u32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  if (i >= params.count) {
    return;
  }
  // Pixels before the tile wrap round to large numbers.
  let pixel = places[i] - params.first;
  if (pixel >= params.pixels) {
    return;
  }
  for (var channel = 0u; channel < params.channels; channel++) {
    let sample = pixel * params.channels + channel;
    if (DTYPE == 3u) {
      samples[i * params.channels + channel] = source_word(sample);
    } else {
      samples[i * params.channels + channel] = bitcast<u32>(source_level(sample));
    }
  }
}
