// One-dimensional convolution along the rows, each channel by itself: 256 results of a row per workgroup. The samples
// and their halo go through workgroup memory, as many weights at a time as the tile has room for.
struct Params {
  width: u32,
  // The rows to do, and the first words of what is bound of source, of source beyond the edges, and of the result.
  top: u32,
  rows: u32,
  source_first: u32,
  beyond_first: u32,
  blurred_first: u32,
  radius: u32,
  cval: f32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> blurred: array<f32>;

override CHANNELS: u32 = 1u;

var<workgroup> tile: array<f32, 1024>;

// Sample `place` of row `y`, where places count from `radius` columns left of the image.
fn sample(y: u32, place: u32) -> f32 {
  let x = border(i32(place / CHANNELS) - i32(params.radius), i32(params.width));
  if (x < 0) {
    return params.cval;
  }
  return source_value((y * params.width + u32(x)) * CHANNELS + place % CHANNELS) * params.scale;
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = params.width * CHANNELS;
  let strips = (row + 255u) / 256u;
  let place = line(group, groups);
  let y = params.top + min(place / strips, params.rows - 1u);
  let first = (place % strips) * 256u;
  let taps = 2u * params.radius + 1u;
  let room = 768u / CHANNELS + 1u;
  var sum = 0.0;
  for (var done = 0u; done < taps; done += room) {
    let some = min(room, taps - done);
    let span = 256u + (some - 1u) * CHANNELS;
    workgroupBarrier();
    for (var t = local; t < span; t += 256u) {
      tile[t] = sample(y, first + t + done * CHANNELS);
    }
    workgroupBarrier();
    for (var k = 0u; k < some; k++) {
      sum += weights[done + k] * tile[local + k * CHANNELS];
    }
  }
  if (place / strips < params.rows && first + local < row) {
    blurred[y * row + first + local - params.blurred_first] = sum;
  }
}
