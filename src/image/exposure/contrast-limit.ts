// The histogram of a tile, its contrast limited, as a curve: K. Zuiderveld, "Contrast limited adaptive histogram equalization", Graphics
// Gems IV, 1994.

/**
 * The level from 0 to `greatest` for each bin of a tile of so many pixels.
 *
 * @param limit at most so many pixels count in a bin; the others are spread over all bins.
 */
export function tileCurve(counts: Float64Array, pixels: number, limit: number, greatest: number): Float64Array {
  limitCounts(counts, limit);
  const scale = greatest / pixels;
  let total = 0;
  return counts.map((count) => Math.trunc(Math.min((total += count) * scale, greatest)));
}

/** scikit-image's way to spread what is above the limit, whose order is part of the result. */
function limitCounts(counts: Float64Array, limit: number): void {
  const bins = counts.length;
  let excess = 0;
  for (let i = 0; i < bins; i++) {
    excess += Math.max(counts[i]! - limit, 0);
    counts[i] = Math.min(counts[i]!, limit);
  }
  const share = Math.floor(excess / bins);
  const nearly = limit - share;
  for (let i = 0; i < bins; i++) {
    if (counts[i]! >= nearly) continue;
    counts[i]! += share;
    excess -= share;
  }
  for (let i = 0; i < bins; i++) {
    if (counts[i]! < nearly) continue;
    excess -= limit - counts[i]!;
    counts[i] = limit;
  }
  while (excess > 0) {
    const before = excess;
    for (let first = 0; first < bins && excess > 0; first++) {
      const free = counts.reduce((sum, count) => sum + Number(count < limit), 0);
      const step = Math.max(Math.floor(free / excess), 1);
      for (let i = first; i < bins; i += step) {
        if (counts[i]! >= limit) continue;
        counts[i]!++;
        excess--;
      }
    }
    // Every bin is full.
    if (excess === before) break;
  }
}
