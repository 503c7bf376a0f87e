// One of the 256 invocations of a workgroup, for blocks in which all of them take part.
struct Invocation {
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
  @builtin(num_subgroups) subgroups: u32,
  @builtin(subgroup_id) subgroup: u32,
  @builtin(subgroup_size) lanes: u32,
  @builtin(subgroup_invocation_id) lane: u32,
}

// Its place among the 256: by lanes of subgroups, for nothing says which local index is which lane.
fn place_of(at: Invocation) -> u32 {
  return at.subgroup * at.lanes + at.lane;
}
