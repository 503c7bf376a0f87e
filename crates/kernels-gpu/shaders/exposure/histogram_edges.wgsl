// Histogram of floats between given edges, as NumPy counts: a guess by division, then put right by comparison with the
// edges, bit by bit, so that counts do not depend on how a driver rounds. The last bin holds its right edge; what lies
// beyond the edges, NaN on either side, is not counted.
struct Params {
  count: u32,
  bins: u32,
  least: f32,
  range: f32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read> edges: array<u32>;
@group(0) @binding(3) var<storage, read_write> bins: array<atomic<u32>>;

// Whether the bins fit into workgroup memory.
override LOCAL: bool = true;

var<workgroup> own: array<atomic<u32>, 2048>;

fn bin(bits: u32) -> u32 {
  let last = params.bins - 1u;
  let guess = (bitcast<f32>(bits) - params.least) / params.range * f32(params.bins);
  var place = 0u;
  if (guess > 0.0) {
    place = min(u32(min(guess, 4294967040.0)), last);
  }
  let key = order(bits);
  while (place > 0u && key < order(edges[place])) {
    place -= 1u;
  }
  while (place < last && key >= order(edges[place + 1u])) {
    place += 1u;
  }
  return place;
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let stride = groups.x * groups.y * 256u;
  for (var i = line(group, groups) * 256u + local; i < params.count; i += stride) {
    let key = order(source[i]);
    if (key < order(edges[0]) || key > order(edges[params.bins])) {
      continue;
    }
    let place = bin(source[i]);
    if (LOCAL) {
      atomicAdd(&own[min(place, 2047u)], 1u);
    } else {
      atomicAdd(&bins[place], 1u);
    }
  }
  workgroupBarrier();
  if (LOCAL) {
    for (var k = local; k < min(params.bins, 2048u); k += 256u) {
      let count = atomicLoad(&own[k]);
      if (count != 0u) {
        atomicAdd(&bins[k], count);
      }
    }
  }
}
