// Running sums over the invocations of a workgroup, by their places: over the lanes of subgroups, which see each other's registers, and
// then over their sums. The kernel says what an `Element` is, a scalar or vector of which `Element()` adds nothing, and what two of them
// `combined` are.
struct Scanned {
  // Those of the places before.
  before: Element,
  // Those of all places.
  all: Element,
}

var<workgroup> scan: array<Element, 256>;

// All invocations must call it.
fn scanned(own: Element, at: Invocation) -> Scanned {
  var through = own;
  for (var step = 1u; step < at.lanes; step <<= 1u) {
    let sum = combined(subgroupShuffleUp(through, step), through);
    if (at.lane >= step) {
      through = sum;
    }
  }
  let neighbour = subgroupShuffleUp(through, 1u);
  // Earlier sums may still be read.
  workgroupBarrier();
  if (at.lane == at.lanes - 1u) {
    scan[at.subgroup] = through;
  }
  workgroupBarrier();
  var before = Element();
  var all = Element();
  for (var i = 0u; i < at.subgroups; i++) {
    if (i == at.subgroup) {
      before = all;
    }
    all = combined(all, scan[i]);
  }
  if (at.lane > 0u) {
    before = combined(before, neighbour);
  }
  return Scanned(before, all);
}
