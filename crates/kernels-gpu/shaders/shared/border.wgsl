// What lies beyond the edge, by SciPy's names: 0 reflect (dcba|abcd|dcba), 1 constant, 2 nearest, 3 mirror (dcb|abcd|cba),
// 4 wrap.
override BORDER: u32 = 0u;
// Whether a kernel may reach further than one image beyond it, so that the border repeats. Remainders are slow.
override FAR: bool = true;

// The index that stands for `i` on a line of `length` samples, or -1 for the constant.
fn border(i: i32, length: i32) -> i32 {
  if (BORDER == 1u) {
    return select(-1, i, i >= 0 && i < length);
  }
  if (BORDER == 2u) {
    return clamp(i, 0, length - 1);
  }
  if (BORDER == 4u) {
    if (FAR) {
      return ((i % length) + length) % length;
    }
    return i + select(0, length, i < 0) - select(0, length, i >= length);
  }
  // Both mirrors: the first one's last sample is its own neighbour, the second one's is not.
  let twice = select(1, 0, BORDER == 3u);
  if (FAR) {
    let period = max(2 * length - 2 + 2 * twice, 1);
    let folded = ((i % period) + period) % period;
    return min(folded, period - twice - folded);
  }
  let before = select(i, -twice - i, i < 0);
  return select(before, 2 * length - 2 + twice - before, before >= length);
}
