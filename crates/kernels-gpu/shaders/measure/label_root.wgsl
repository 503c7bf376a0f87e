// The forest of labels: each pixel holds the place of an equal pixel before it, a root its own, the background none.
@group(0) @binding(2) var<storage, read_write> labels: array<atomic<u32>>;

const NONE: u32 = 0xffffffffu;

// The root above a pixel. Places only fall on the way, so this ends whatever other invocations do meanwhile; the path
// is halved for those who come later.
fn root(start: u32) -> u32 {
  var at = start;
  var above = atomicLoad(&labels[at]);
  while (above != at) {
    let next = atomicLoad(&labels[above]);
    if (next != above) {
      atomicMin(&labels[at], next);
    }
    at = above;
    above = next;
  }
  return at;
}
