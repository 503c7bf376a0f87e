// Splines through samples, as `scipy.ndimage` has them: what lies between pixels, in all orders.
import { type Border, borderIndex } from "../border.ts";
import type { ImageHeader } from "../header.ts";
import type { Samples } from "../image.ts";

/** Of an interpolation: 0 takes the nearest pixel, 1 is linear, and those above are B-splines of that degree. */
export type SplineOrder = 0 | 1 | 2 | 3 | 4 | 5;

export const SPLINE_ORDERS: readonly SplineOrder[] = [0, 1, 2, 3, 4, 5];

/** Samples of a line, and what each weighs. */
export type Taps = readonly (readonly [index: number, weight: number])[];

/** What lies between the samples of an image: weighted sums of the numbers of a grid. */
export interface Interpolant {
  readonly data: Samples;
  readonly height: number;
  readonly width: number;
  /** The rows or columns of the grid around a place in the image, also beyond the edges. */
  readonly tapsAt: (place: number) => Taps;
}

/** An image's geometry. */
type Geometry = Omit<ImageHeader, "dtype">;

/** What SciPy puts around an image whose border its filters do not know. */
const PADDING = 12;

/** Roots of the polynomials whose inverse filters make coefficients of samples. */
const POLES: Readonly<Record<SplineOrder, readonly number[]>> = {
  0: [],
  1: [],
  2: [Math.sqrt(8) - 3],
  3: [Math.sqrt(3) - 2],
  4: [
    Math.sqrt(664 - Math.sqrt(438976)) + Math.sqrt(304) - 19,
    Math.sqrt(664 + Math.sqrt(438976)) - Math.sqrt(304) - 19,
  ],
  5: [
    Math.sqrt(67.5 - Math.sqrt(4436.25)) + Math.sqrt(26.25) - 6.5,
    Math.sqrt(67.5 + Math.sqrt(4436.25)) - Math.sqrt(26.25) - 6.5,
  ],
};

/**
 * The spline of an order through an image's samples. Its coefficients come of recursive filters along both axes (Unser, Aldroubi and Eden, 1991),
 * which take the image to go on as `mode` says; where that is `cval` or the edge's pixel, as much of it as SciPy pads the image with.
 */
export function spline(
  source: Samples,
  { height, width, channels }: Geometry,
  order: SplineOrder,
  mode: Border,
  cval: number,
): Interpolant {
  const { padding, ...grid } = splineGrid({ height, width }, order, mode);
  if (order <= 1) return { data: source, ...grid };
  const [rows, columns] = [grid.height, grid.width];
  const data = new Float64Array(rows * columns * channels);
  for (let at = 0, row = 0; row < rows; row++) {
    const down = borderIndex(mode, row - padding, height);
    for (let column = 0; column < columns; column++) {
      const across = borderIndex(mode, column - padding, width);
      for (let channel = 0; channel < channels; channel++) {
        data[at++] = down < 0 || across < 0 ? cval : source[(down * width + across) * channels + channel]!;
      }
    }
  }
  const rowLength = columns * channels;
  for (let i = 0; i < rowLength; i++) filterLine(data, i, rowLength, rows, order, mode);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < channels; i++) filterLine(data, row * rowLength + i, channels, columns, order, mode);
  }
  return { data, ...grid };
}

/** The grid of a spline without its numbers, and how many of its rows and columns lie before those of the image. */
export function splineGrid(
  { height, width }: { readonly height: number; readonly width: number },
  order: SplineOrder,
  mode: Border,
): Omit<Interpolant, "data"> & { readonly padding: number } {
  const padding = order > 1 && (mode === "constant" || mode === "nearest") ? PADDING : 0;
  const tapsAt = (place: number): Taps => splineTaps(place + padding, order);
  return { height: height + 2 * padding, width: width + 2 * padding, tapsAt, padding };
}

/** The coefficients around a place, by the recursion of Cox and de Boor. */
function splineTaps(place: number, order: SplineOrder): Taps {
  const first = Math.floor(place - (order - 1) / 2);
  const t = place - (order - 1) / 2 - first;
  let weights = [1];
  for (let degree = 1; degree <= order; degree++) {
    weights = Array.from({ length: degree + 1 }, (_, i) => {
      const [before, at] = [weights[i - 1] ?? 0, weights[i] ?? 0];
      // Not one after the other, which would cost digits of t.
      return ((t + (degree - i)) * before + (i + 1 - t) * at) / degree;
    });
  }
  // What has no weight does not matter, infinities and NaN included.
  return weights.map((weight, i) => [first + i, weight] as const).filter(([, weight]) => weight !== 0);
}

/** Makes coefficients of the samples `start`, `start + step`, … of a line, in place. */
function filterLine(
  data: Float64Array,
  start: number,
  step: number,
  count: number,
  order: SplineOrder,
  mode: Border,
): void {
  if (count === 1) return;
  const at = (i: number): number => start + i * step;
  // Padded lines end in what is constant, or close to it.
  const border = mode === "constant" ? "mirror" : mode === "nearest" ? "reflect" : mode;
  const period = { mirror: 2 * count - 2, reflect: 2 * count, wrap: count }[border];
  const gain = POLES[order].reduce((product, z) => product * (1 - z) * (1 - 1 / z), 1);
  for (let i = 0; i < count; i++) data[at(i)]! *= gain;
  for (const z of POLES[order]) {
    // The sum of all samples before, of which each weighs z times what the next one does.
    let sum = 0;
    for (let i = 0, power = 1; i < period; i++, power *= z) sum += power * data[at(borderIndex(border, -i, count))]!;
    data[at(0)] = sum / (1 - z ** period);
    for (let i = 1; i < count; i++) data[at(i)]! += z * data[at(i - 1)]!;
    data[at(count - 1)] = last(border, z, count, (i) => data[at(i)]!);
    for (let i = count - 2; i >= 0; i--) data[at(i)] = z * (data[at(i + 1)]! - data[at(i)]!);
  }
}

/** The last sample of a line that is filtered backwards, from those that were filtered forwards. */
function last(border: "mirror" | "reflect" | "wrap", z: number, count: number, at: (i: number) => number): number {
  switch (border) {
    case "mirror":
      return ((z * at(count - 2) + at(count - 1)) * z) / (z * z - 1);
    case "reflect":
      return (at(count - 1) * z) / (z - 1);
    case "wrap": {
      let sum = at(count - 1);
      for (let i = 0, power = z; i < count - 1; i++, power *= z) sum += power * at(i);
      return (sum * z) / (z ** count - 1);
    }
  }
}
