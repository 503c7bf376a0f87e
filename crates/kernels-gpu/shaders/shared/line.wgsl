// A dimension of a dispatch takes 65,535 workgroups at most, so a line of them is folded into two dimensions.
// This is the place of a workgroup on the unfolded line.
fn line(group: vec3<u32>, groups: vec3<u32>) -> u32 {
  return group.y * groups.x + group.x;
}
