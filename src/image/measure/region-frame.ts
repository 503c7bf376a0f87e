import type { Spacing } from "../spacing.ts";
import type { Place } from "./profile-line.ts";

/** Of what size pixels are, and where the first one lies. */
export interface RegionFrame {
  readonly spacing: Spacing;
  readonly offset: Place;
}

/** What pixels have to be for a property, where these are not: Hu's invariants and lengths of borders are those of square ones. */
export function pixelsNeeded(property: string, [row, column]: Spacing): string | null {
  if (property.endsWith("Hu") && (row !== 1 || column !== 1)) return "a spacing of 1";
  if (property.startsWith("perimeter") && row !== column) return "the same spacing of rows and columns";
  return null;
}
