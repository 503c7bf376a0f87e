// Running sums over the invocations of a workgroup, by their places (Hillis & Steele 1986). The kernel says what an `Element` is, a scalar or
// vector of which `Element()` adds nothing, and what two of them `combined` are.
struct Scanned {
  // Those of the places before.
  before: Element,
  // Those of all places.
  all: Element,
}

var<workgroup> scan: array<Element, 256>;

// All invocations must call it.
fn scanned(own: Element, at: Invocation) -> Scanned {
  // Earlier sums may still be read.
  workgroupBarrier();
  scan[at.local] = own;
  workgroupBarrier();
  for (var step = 1u; step < 256u; step <<= 1u) {
    var sum = scan[at.local];
    if (at.local >= step) {
      sum = combined(scan[at.local - step], sum);
    }
    workgroupBarrier();
    scan[at.local] = sum;
    workgroupBarrier();
  }
  var before = Element();
  if (at.local > 0u) {
    before = scan[at.local - 1u];
  }
  return Scanned(before, scan[255]);
}
