import type { DType } from "../image.ts";
import type { OptionReader } from "../options.ts";

/** The least and the greatest intensity that scikit-image expects of a dtype. */
export const DTYPE_RANGE: Readonly<Record<DType, readonly [least: number, greatest: number]>> = {
  uint8: [0, 255],
  uint16: [0, 65535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  float32: [-1, 1],
  float64: [-1, 1],
};

/** The option `dataRange`; `null` where it is missing. */
export function readDataRange(read: OptionReader): number | null {
  if ((read.value("dataRange") ?? null) === null) return null;
  const range = read.number("dataRange", 0);
  if (range > 0) return range;
  throw read.invalid("dataRange", range, "a finite number above 0, or null");
}
