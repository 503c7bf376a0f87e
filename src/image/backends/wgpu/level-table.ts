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
  for (const [i, level] of levels.entries())
    table.fill(values[i]!, level - least, (levels[i + 1] ?? level + 1) - least);
  return { table, least };
}
