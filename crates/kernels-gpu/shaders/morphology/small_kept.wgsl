// A mask without its small objects or small holes, four pixels to a word.
struct Params {
  count: u32,
  // Smaller regions go.
  kept_size: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> sizes: array<u32>;
// The mask whose samples objects keep.
@group(0) @binding(3) var<storage, read> mask: array<u32>;
@group(0) @binding(4) var<storage, read_write> kept: array<u32>;

// Whether the regions are holes.
override HOLES: bool = false;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let word = line(group, groups) * 256u + local;
  if (word >= (params.count + 3u) / 4u) {
    return;
  }
  let samples = select(mask[word], 0x01010101u, HOLES);
  var bits = 0u;
  for (var k = 0u; k < 4u; k++) {
    let i = 4u * word + k;
    if (i >= params.count) {
      break;
    }
    let label = labels[i];
    let large = label != 0u && sizes[label] >= params.kept_size;
    if (large != HOLES) {
      bits |= samples & (0xffu << (8u * k));
    }
  }
  kept[word] = bits;
}
