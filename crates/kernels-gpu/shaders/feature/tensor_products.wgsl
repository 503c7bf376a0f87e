// The products of an image's derivatives, three for each pixel: down × down, down × across, across × across. Differences of 8- and
// 16-bit samples are weighed exactly, and then scaled.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of source, of source beyond the edges, and of the result.
  top: u32,
  rows: u32,
  source_first: u32,
  beyond_first: u32,
  products_first: u32,
  // In the source's own units.
  cval: f32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> products: array<f32>;

const INFINITE: u32 = 0x7f800000u;
const NAN: u32 = 0x7fc00000u;

// The pixel and those around it, and where these lie: -1 for the constant.
var<private> window: array<f32, 9>;
var<private> rows: array<i32, 3>;
var<private> columns: array<i32, 3>;

fn load(y: i32, x: i32) {
  for (var k = 0; k < 3; k++) {
    rows[k] = border(y + k - 1, i32(params.height));
    columns[k] = border(x + k - 1, i32(params.width));
  }
  for (var k = 0; k < 9; k++) {
    window[k] = sample_at(rows[k / 3], columns[k % 3]);
  }
}

// The difference of the samples after the middle of a line and before it. The middle has no weight, and counts all the same where
// it is infinite or NaN: made by bits, as compilers take 0 times anything for 0.
fn difference(middle: i32, way: i32) -> f32 {
  let bits = bitcast<u32>(window[middle]);
  if ((bits & INFINITE) == INFINITE) {
    return bitcast<f32>(bits | NAN);
  }
  return window[middle + way] - window[middle - way];
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.width * params.rows) {
    return;
  }
  let i = params.top * params.width + place;
  load(i32(i / params.width), i32(i % params.width));
  var down = 0.0;
  var across = 0.0;
  for (var k = 0; k < 3; k++) {
    let weight = select(1.0, 2.0, k == 1);
    // Beyond the edge lies the constant for differences too.
    down += weight * select(difference(3 + k, 3), params.cval, columns[k] < 0);
    across += weight * select(difference(3 * k + 1, 1), params.cval, rows[k] < 0);
  }
  down *= params.scale;
  across *= params.scale;
  let result = 3u * i - params.products_first;
  products[result] = down * down;
  products[result + 1u] = down * across;
  products[result + 2u] = across * across;
}
