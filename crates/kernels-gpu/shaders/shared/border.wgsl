// What lies beyond the edge: the index that stands for `i` on a line of `length` samples, or -1 for the constant.
// Modes are SciPy's: 0 reflect (dcba|abcd|dcba), 1 constant, 2 nearest, 3 mirror (dcb|abcd|cba), 4 wrap.
// Lines shorter than the distance repeat as often as it takes.
fn border(i: i32, length: i32, mode: u32) -> i32 {
  if (i >= 0 && i < length) {
    return i;
  }
  switch mode {
    case 1u: {
      return -1;
    }
    case 2u: {
      return clamp(i, 0, length - 1);
    }
    case 3u: {
      let period = max(2 * length - 2, 1);
      let folded = ((i % period) + period) % period;
      return select(period - folded, folded, folded < length);
    }
    case 4u: {
      return ((i % length) + length) % length;
    }
    default: {
      let period = 2 * length;
      let folded = ((i % period) + period) % period;
      return select(period - 1 - folded, folded, folded < length);
    }
  }
}
