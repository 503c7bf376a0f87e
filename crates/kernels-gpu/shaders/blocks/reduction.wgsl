// What the invocations of a workgroup have, combined: by halves. The kernel says what an `Element` is, a scalar or vector, and what
// two of them `combined` are, whichever comes first.
var<workgroup> reduction: array<Element, 256>;

// The same for every invocation. All of them must call it.
fn reduced(own: Element, at: Invocation) -> Element {
  // An earlier result may still be read.
  workgroupBarrier();
  reduction[at.local] = own;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half >>= 1u) {
    if (at.local < half) {
      reduction[at.local] = combined(reduction[at.local], reduction[at.local + half]);
    }
    workgroupBarrier();
  }
  return reduction[0];
}
