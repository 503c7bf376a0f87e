import { type DType, SAMPLE_ARRAYS, type Samples } from "../../image.ts";

/**
 * A table with an entry for every level from the least to the greatest, of those values that some ascending levels have; those
 * between have what the last one before them has.
 */
export function levelTable(
  levels: Float64Array,
  values: ArrayLike<number>,
  dtype: DType,
): { readonly table: Samples; readonly least: number } {
  const least = levels[0]!;
  const table = new SAMPLE_ARRAYS[dtype](levels.at(-1)! - least + 1);
  let at = 0;
  // Not `fill`, which costs more than the one entry that most levels have.
  for (let i = 0; i < levels.length; i++) {
    const end = (levels[i + 1] ?? levels[i]! + 1) - least;
    while (at < end) table[at++] = values[i]!;
  }
  return { table, least };
}
