// After the roots were numbered: each set takes the number of its first one.
@group(0) @binding(1) var<storage, read> sets: array<u32>;
@group(0) @binding(2) var<storage, read> roots: array<u32>;
@group(0) @binding(3) var<storage, read> least: array<u32>;
@group(0) @binding(4) var<storage, read> ranks: array<u32>;
@group(0) @binding(5) var<storage, read_write> numbers: array<u32>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = line(group, groups) * 256u + local;
  let place = params.first_place + i;
  if (i < params.count && sets[place] != 0xffffffffu && ~least[sets[place]] == roots[place]) {
    numbers[sets[place]] = ranks[roots[place] - params.first];
  }
}
