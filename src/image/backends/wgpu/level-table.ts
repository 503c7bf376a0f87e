import { type DType, SAMPLE_ARRAYS, type Samples } from "../../image.ts";

/** A table with an entry for every level from the least to the greatest, of those values that some ascending levels have. */
export function levelTable(
  levels: Float64Array,
  values: ArrayLike<number>,
  dtype: DType,
): { readonly table: Samples; readonly least: number } {
  const least = levels[0]!;
  const table = new SAMPLE_ARRAYS[dtype](levels.at(-1)! - least + 1);
  for (const [i, level] of levels.entries()) table[level - least] = values[i]!;
  return { table, least };
}
