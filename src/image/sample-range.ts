import type { DType } from "./image.ts";

/** The least and the greatest sample of the integer dtypes. */
export const INTEGER_LIMITS: Readonly<Record<DType, readonly [least: number, greatest: number] | null>> = {
  uint8: [0, 255],
  uint16: [0, 65535],
  int32: [-2147483648, 2147483647],
  float32: null,
  float64: null,
};

/**
 * What makes numbers samples of a dtype: for integers it cuts them to whole numbers and to the limits, and makes NaN 0;
 * floats, which their typed array rounds, stay as they are.
 */
export function sampleOf(dtype: DType): (value: number) => number {
  const limits = INTEGER_LIMITS[dtype];
  if (limits === null) return (value) => value;
  const [least, greatest] = limits;
  return (value) => Math.min(Math.max(Math.trunc(value), least), greatest) || 0;
}
