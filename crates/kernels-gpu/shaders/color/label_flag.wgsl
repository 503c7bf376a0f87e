// What the ranking of labels counts: those that occur.
@group(0) @binding(1) var<storage, read> present: array<u32>;

fn flagged(i: u32) -> bool {
  return present[i] != 0u;
}
