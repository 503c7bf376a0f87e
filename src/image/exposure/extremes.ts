import type { Samples } from "../image.ts";

/** The least and the greatest sample, NaN both if one is. */
export function extremesOf(data: Samples): readonly [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const sample of data) [least, greatest] = [Math.min(least, sample), Math.max(greatest, sample)];
  return [least, greatest];
}
