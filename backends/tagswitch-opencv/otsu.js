// @ts-check

/**
 * The level after which the variance between the classes is largest, the first of several: scikit-image's figure to the last
 * bit, for which counts are of 32 bits and means of 64.
 *
 * @param {Float32Array} histogram pixels by level; at least one level has some
 */
export function otsu(histogram) {
  const levels = [...histogram.keys()].filter((level) => histogram[level] > 0);
  const counts = Float32Array.from(levels, (level) => histogram[level]);
  const below = sums(counts, levels);
  const above = sums(counts.toReversed(), levels.toReversed());
  let best = 0;
  let largest = -Infinity;
  for (let i = 0; i + 1 < levels.length; i++) {
    const rest = levels.length - 2 - i;
    const distance = below.means[i] - above.means[rest];
    const variance = Math.fround(below.pixels[i] * above.pixels[rest]) * distance ** 2;
    if (variance > largest) [best, largest] = [i, variance];
  }
  return levels[best];
}

/** @param {Float32Array} counts @param {readonly number[]} levels their pixels and means, up to each */
function sums(counts, levels) {
  const pixels = new Float32Array(counts.length);
  let total = 0;
  const means = Float64Array.from(counts, (count, i) => {
    pixels[i] = (pixels[i - 1] ?? 0) + count;
    total += count * levels[i];
    return total / pixels[i];
  });
  return { pixels, means };
}
