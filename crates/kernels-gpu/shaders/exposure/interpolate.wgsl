// Floats on straight lines between values at ascending places, which lie apart by one step but for rounding; beyond them the first
// and the last value. NaN stays NaN.
struct Params {
  count: u32,
  places: u32,
  first: f32,
  density: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read> places: array<f32>;
@group(0) @binding(3) var<storage, read> values: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<u32>;

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
  let last = params.places - 1u;
  let bits = source[i];
  if (is_nan(bits)) {
    result[i] = bits;
    return;
  }
  if (order(bits) <= order(bitcast<u32>(params.first))) {
    result[i] = bitcast<u32>(values[0]);
    return;
  }
  if (order(bits) >= order(bitcast<u32>(places[last]))) {
    result[i] = bitcast<u32>(values[last]);
    return;
  }
  let sample = bitcast<f32>(bits);
  // The guess may be off where rounding crosses a place.
  var low = min(u32((sample - params.first) * params.density), last - 1u);
  while (low > 0u && sample < places[low]) {
    low -= 1u;
  }
  while (low + 1u < last && sample >= places[low + 1u]) {
    low += 1u;
  }
  let share = (sample - places[low]) / (places[low + 1u] - places[low]);
  result[i] = bitcast<u32>(values[low] + share * (values[low + 1u] - values[low]));
}
