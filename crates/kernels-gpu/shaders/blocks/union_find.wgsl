// Union and find with atomics: each element of the forest holds the place of one before it in the same set, a root its own, and
// what belongs to no set NONE.
@group(0) @binding(2) var<storage, read_write> forest: array<atomic<u32>>;

const NONE: u32 = 0xffffffffu;

// The root above an element. Places only fall on the way, so this ends whatever other invocations do meanwhile; the path
// is halved for those who come later.
fn root(start: u32) -> u32 {
  var at = start;
  var above = atomicLoad(&forest[at]);
  while (above != at) {
    let next = atomicLoad(&forest[above]);
    if (next != above) {
      atomicMin(&forest[at], next);
    }
    at = above;
    above = next;
  }
  return at;
}

// Makes one set of two, the lower root the root of both.
fn unite(one: u32, other: u32) {
  var a = root(one);
  var b = root(other);
  while (a != b) {
    let high = max(a, b);
    let low = min(a, b);
    // If the higher one is no root any more, somebody else joined it to a third tree, which is then joined too.
    let before = atomicMin(&forest[high], low);
    if (before == high) {
      return;
    }
    a = root(before);
    b = root(low);
  }
}
