// What the invocations of a workgroup have, combined: by subgroups, whose lanes see each other's registers, and then their results.
// The kernel says what an `Element` is, a scalar or vector, and what two of them `combined` are, whichever comes first.
var<workgroup> reduction: array<Element, 256>;

// The same for every invocation. All of them must call it.
fn reduced(own: Element, at: Invocation) -> Element {
  var part = own;
  for (var step = at.lanes >> 1u; step > 0u; step >>= 1u) {
    part = combined(part, subgroupShuffleXor(part, step));
  }
  // An earlier result may still be read.
  workgroupBarrier();
  if (at.lane == 0u) {
    reduction[at.subgroup] = part;
  }
  workgroupBarrier();
  var all = reduction[0];
  for (var i = 1u; i < at.subgroups; i++) {
    all = combined(all, reduction[i]);
  }
  return all;
}
