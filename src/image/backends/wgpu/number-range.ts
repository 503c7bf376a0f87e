import type { Border } from "../../border.ts";

/** Numbers whose powers 64 bits hold, with room for what samples and weights make of them: of others something might be subnormal or infinite. */
const [SMALLEST, LARGEST] = [1e-30, 1e30];

/** Why a number is not taken for arithmetic of 64 bits on the GPU, if so. */
export function outOfRange(name: string, number: number): string | null {
  const size = Math.abs(number);
  if (size >= SMALLEST && size <= LARGEST) return null;
  return `${name} ${number}: only from 1e-30 to 1e30 on the GPU`;
}

/** The same of what lies beyond the edge, which may be 0. */
export function borderOutOfRange(mode: Border, cval: number): string | null {
  return mode === "constant" && cval !== 0 ? outOfRange("cval", cval) : null;
}
