/**
 * What lies beyond the edge of an image, by SciPy's names (`abcd` is the image):
 *
 * | name | before | after |
 * |---|---|---|
 * | `reflect` | `dcba` | `dcba` |
 * | `mirror` | `dcb` | `cba` |
 * | `nearest` | `aaaa` | `dddd` |
 * | `wrap` | `abcd` | `abcd` |
 * | `constant` | `cval` | `cval` |
 */
export type Border = "reflect" | "constant" | "nearest" | "mirror" | "wrap";

/** The `mode` names of `filters` and `morphology`, which are SciPy's. */
export const SCIPY_BORDERS: readonly Border[] = ["reflect", "constant", "nearest", "mirror", "wrap"];

/** The `mode` names of `transform`, which are NumPy's. */
export type NumpyBorder = "constant" | "edge" | "symmetric" | "reflect" | "wrap";

/** What SciPy calls NumPy's modes: `reflect` is `mirror` there, and `symmetric` is `reflect`. */
export const NUMPY_BORDERS: Readonly<Record<NumpyBorder, Border>> = {
  constant: "constant",
  edge: "nearest",
  symmetric: "reflect",
  reflect: "mirror",
  wrap: "wrap",
};

/**
 * Where the samples `-radius … length + radius - 1` of a line come from: indices into the line, `-1` for `cval`.
 * Lines shorter than the radius repeat as often as it takes.
 */
export function borderIndices(border: Border, length: number, radius: number): Int32Array {
  const indices = new Int32Array(length + 2 * radius);
  for (let i = 0; i < indices.length; i++) indices[i] = borderIndex(border, i - radius, length);
  return indices;
}

/** Where sample `index` of a line comes from, any distance beyond its ends: an index into the line, `-1` for `cval`. */
export function borderIndex(border: Border, index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  switch (border) {
    case "constant":
      return -1;
    case "nearest":
      return index < 0 ? 0 : length - 1;
    case "wrap":
      return modulo(index, length);
    case "reflect": {
      const folded = modulo(index, 2 * length);
      return folded < length ? folded : 2 * length - 1 - folded;
    }
    case "mirror": {
      if (length === 1) return 0;
      const folded = modulo(index, 2 * length - 2);
      return folded < length ? folded : 2 * length - 2 - folded;
    }
  }
}

/**
 * Where SciPy takes a place beyond an end to lie before it takes the nearest sample: folded back where the border mirrors. It matters where two
 * samples are equally near.
 */
export function foldedPlace(border: Border, place: number, length: number): number {
  if ((border !== "mirror" && border !== "reflect") || (place >= 0 && place <= length - 1)) return place;
  if (length === 1) return 0;
  const shared = border === "mirror" ? 1 : 0;
  const period = 2 * (length - shared);
  const rest = place % period;
  if (place < 0) return rest < shared - length ? rest + period : shared - 1 - rest;
  return rest >= length ? period + shared - 1 - rest : rest;
}

function modulo(index: number, period: number): number {
  return ((index % period) + period) % period;
}
