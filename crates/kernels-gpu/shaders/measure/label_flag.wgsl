// What the ranking of components counts: roots.
@group(0) @binding(1) var<storage, read> labels: array<u32>;

fn flagged(i: u32) -> bool {
  return labels[i] == i;
}
