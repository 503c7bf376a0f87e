/** The nearest whole number, of two equally near the even one: NumPy's `rint`. */
export function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const above = value - floor;
  return above < 0.5 || (above === 0.5 && floor % 2 === 0) ? floor : floor + 1;
}
