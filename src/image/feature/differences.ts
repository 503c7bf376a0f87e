import { type Border, borderIndices } from "../border.ts";
import type { Axis } from "../filters/blur.ts";

/** SciPy weighs the sample itself too, so that a NaN or an infinity counts. */
const OWN_WEIGHT = 0;

/**
 * Weighs the differences between the neighbours after a sample and before it: at distance 1, 2… of the middle axis by `weights`.
 *
 * What is equal on both sides cancels exactly.
 */
export function differences(
  source: Float64Array,
  { lines, length, samples }: Axis,
  weights: Float64Array,
  border: Border,
  cval: number,
): Float64Array {
  const radius = weights.length;
  const indices = borderIndices(border, length, radius);
  const result = new Float64Array(source.length);
  for (let line = 0; line < lines; line++) {
    for (let s = 0; s < samples; s++) {
      const at = (i: number): number => (line * length + i) * samples + s;
      const value = (i: number): number => (indices[i]! < 0 ? cval : source[at(indices[i]!)]!);
      for (let i = 0; i < length; i++) {
        let sum = OWN_WEIGHT * source[at(i)]!;
        for (let d = 1; d <= radius; d++) sum += weights[d - 1]! * (value(i + radius + d) - value(i + radius - d));
        result[at(i)] = sum;
      }
    }
  }
  return result;
}
