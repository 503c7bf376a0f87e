// First step across tiles: what is at each place of the list, and a mark at each root with the least place of its tree.
@group(0) @binding(2) var<storage, read> labels: array<u32>;
// By pixel of the tile.
@group(0) @binding(3) var<storage, read_write> ranks: array<atomic<u32>>;
// By place: itself, or NONE; the root of its pixel's tree in the image; and what it is compared by.
@group(0) @binding(4) var<storage, read_write> places: array<u32>;
@group(0) @binding(5) var<storage, read_write> roots: array<u32>;
@group(0) @binding(6) var<storage, read_write> classes: array<u32>;

const NONE: u32 = 0xffffffffu;

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
  let place = params.first_place + i;
  let pixel = pixel_of(i);
  // The last tile may have fewer pixels than a row.
  if (pixel >= params.pixels || labels[pixel] == NONE) {
    places[place] = NONE;
    return;
  }
  places[place] = place;
  roots[place] = params.first + labels[pixel];
  classes[place] = pixel_class(pixel);
  atomicMax(&ranks[labels[pixel]], TAG | place);
}
