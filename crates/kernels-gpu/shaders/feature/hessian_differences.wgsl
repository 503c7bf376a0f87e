// Second differences of a smooth image: of the neighbours on both sides, halved, or at an edge of the two pixels there.
struct Params {
  width: u32,
  height: u32,
  // The rows to do, and the first words of what is bound of the smooth image and of the results.
  top: u32,
  rows: u32,
  smooth_first: u32,
  rr_first: u32,
  rc_first: u32,
  cc_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> smooth_image: array<f32>;
@group(0) @binding(2) var<storage, read_write> rr: array<f32>;
@group(0) @binding(3) var<storage, read_write> rc: array<f32>;
@group(0) @binding(4) var<storage, read_write> cc: array<f32>;

// Whether the window does not begin with the image: the first words say so.
override WINDOWED: bool = false;

// The neighbours before and after, as far as there are.
fn beside(i: u32, length: u32) -> vec2<u32> {
  return vec2(max(i, 1u) - 1u, min(i + 1u, length - 1u));
}

fn at(y: u32, x: u32) -> f32 {
  return smooth_image[y * params.width + x - params.smooth_first];
}

fn down(y: u32, x: u32) -> f32 {
  let rows = beside(y, params.height);
  return (at(rows.y, x) - at(rows.x, x)) / f32(rows.y - rows.x);
}

fn across(y: u32, x: u32) -> f32 {
  let columns = beside(x, params.width);
  return (at(y, columns.y) - at(y, columns.x)) / f32(columns.y - columns.x);
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
  let y = i / params.width;
  let x = i % params.width;
  let rows = beside(y, params.height);
  let columns = beside(x, params.width);
  rr[i - params.rr_first] = (down(rows.y, x) - down(rows.x, x)) / f32(rows.y - rows.x);
  let wide = f32(columns.y - columns.x);
  rc[i - params.rc_first] = (down(y, columns.y) - down(y, columns.x)) / wide;
  cc[i - params.cc_first] = (across(y, columns.y) - across(y, columns.x)) / wide;
}
