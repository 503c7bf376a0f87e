// Another number of samples along one axis, each a sum of weighted ones: a table says which.
struct Params {
  // Samples of the rows to do, and the first of them.
  count: u32,
  first: u32,
  // From one sample along the axis to the next.
  step: u32,
  // Samples along the axis, before and after.
  from_length: u32,
  to_length: u32,
  // The first words of what is bound of the source, of its other rows, and of the result.
  source_first: u32,
  beyond_first: u32,
  resampled_first: u32,
  cval: f32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
// For each sample along the axis where its taps begin, and what the constant weighs; the last ends there.
@group(0) @binding(2) var<storage, read> spans: array<vec2<u32>>;
// Index and weight.
@group(0) @binding(3) var<storage, read> taps: array<vec2<u32>>;
@group(0) @binding(5) var<storage, read_write> resampled: array<f32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.count) {
    return;
  }
  let i = params.first + place;
  let along = i / params.step;
  let at = along % params.to_length;
  let start = (along / params.to_length) * params.from_length * params.step + i % params.step;
  let span = spans[at];
  var sum = 0.0;
  for (var tap = span.x; tap < spans[at + 1u].x; tap++) {
    sum += bitcast<f32>(taps[tap].y) * source_value(start + taps[tap].x * params.step);
  }
  resampled[i - params.resampled_first] = sum * params.scale + bitcast<f32>(span.y) * params.cval;
}
