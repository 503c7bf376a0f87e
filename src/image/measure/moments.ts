import { type ImageHeader, requireOneChannel } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { isFiniteNumber, OptionReader, refuseOptions } from "../options.ts";
import type { Operation } from "../operation.ts";
import { readSpacing, type Spacing } from "../spacing.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import {
  centralMoments,
  centroidOf,
  huMoments,
  type Moments,
  normalizedMoments,
  scaledMoments,
} from "./moment-matrix.ts";

/** Options of `measure.moments`. */
export interface MomentsOptions extends DispatchOptions {
  /** The highest power of row and of column, 0 to 16. Default 3. */
  order?: number;
  /** Height and width of a pixel, above 0, in whose unit rows and columns are. Default 1. */
  spacing?: number | Spacing;
}

/** Options of `measure.momentsCentral`. */
export interface MomentsCentralOptions extends MomentsOptions {
  /** Row and column about which moments are taken, in the unit of `spacing`. Default `null`: the centre of mass. */
  center?: readonly [row: number, column: number] | null;
}

/** What the moments of an image are to be, checked and with defaults. */
export interface ResolvedMoments {
  readonly order: number;
  readonly spacing: Spacing;
}

/** The same of central moments. */
export interface ResolvedMomentsCentral extends ResolvedMoments {
  /** In pixels; `null`: the centre of mass. */
  readonly center: readonly [row: number, column: number] | null;
}

const OPTIONS: readonly string[] = ["order", "spacing"];
const CENTRAL_OPTIONS: readonly string[] = ["center", "order", "spacing"];
const ORIGIN = [0, 0] as const;

/** Checks the arguments of `measure.moments` and applies the defaults. */
export function resolveMoments(image: ImageHeader, options?: MomentsOptions): ResolvedMoments {
  const read = new OptionReader("measure.moments", options, OPTIONS);
  requireOneChannel("measure.moments", image);
  return { order: read.integer("order", 3, 0, 16), spacing: readSpacing(read) };
}

/** Checks the arguments of `measure.momentsCentral` and applies the defaults. */
export function resolveMomentsCentral(image: ImageHeader, options?: MomentsCentralOptions): ResolvedMomentsCentral {
  const read = new OptionReader("measure.momentsCentral", options, CENTRAL_OPTIONS);
  const center = read.value("center") ?? null;
  if (center !== null && !(Array.isArray(center) && center.length === 2 && [...center].every(isFiniteNumber))) {
    throw read.invalid("center", center, "[row, column] or null");
  }
  const order = read.integer("order", 3, 0, 16);
  const spacing = readSpacing(read);
  requireOneChannel("measure.momentsCentral", image);
  if (center === null) return { order, spacing, center };
  const [row, column] = center as [number, number];
  return { order, spacing, center: [row / spacing[0], column / spacing[1]] };
}

/** Checks the arguments of `measure.momentsHu`. */
export function resolveMomentsHu(image: ImageHeader, options?: DispatchOptions): void {
  refuseOptions("measure.momentsHu", options);
  requireOneChannel("measure.momentsHu", image);
}

/**
 * The raw moments of an image: scikit-image's `moments`, in 64 bits for every dtype.
 *
 * @param image one channel, any dtype; samples as they are.
 * @returns `order + 1` rows of `order + 1` numbers: `moments[p][q]` is the sum of `row ** p * column ** q * sample`, in the unit of `spacing`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const moments: Operation<(image: Image, options?: MomentsOptions) => number[][]> = dispatchable(
  "measure.moments",
  { on: [0], optionNames: OPTIONS },
  function moments(image: Image, options?: MomentsOptions): number[][] {
    checkSamples(image);
    const { order, spacing } = resolveMoments(image, options);
    return scaledMoments(momentsAbout(image, ORIGIN, order), spacing);
  },
);

/**
 * The moments of an image about its centre of mass, or another centre: scikit-image's `moments_central`, in 64 bits for every dtype.
 *
 * As there, moments of a total order above `order` are 0 where the centre is not given, and those of order 1 too, unless `order` is 4 or more and
 * there is no centre.
 *
 * @param image one channel, any dtype; samples as they are.
 * @returns `order + 1` rows of `order + 1` numbers, by the powers of row and column; NaN for samples that add up to 0.
 * @throws ImageError as {@link moments}.
 */
export const momentsCentral: Operation<(image: Image, options?: MomentsCentralOptions) => number[][]> = dispatchable(
  "measure.momentsCentral",
  { on: [0], optionNames: CENTRAL_OPTIONS },
  function momentsCentral(image: Image, options?: MomentsCentralOptions): number[][] {
    checkSamples(image);
    const { center, order, spacing } = resolveMomentsCentral(image, options);
    if (center !== null) return scaledMoments(momentsAbout(image, center, order), spacing);
    const centroid = centroidOf(momentsAbout(image, ORIGIN, 1));
    return scaledMoments(aboutCentroid(momentsAbout(image, centroid, order)), spacing);
  },
);

/**
 * Hu's seven invariants of an image: scikit-image's `moments_hu` of its normalised central moments.
 *
 * @param image one channel, any dtype; samples as they are.
 * @returns seven numbers that translation, scale and rotation leave as they are; the last one changes sign in a mirror.
 * @throws ImageError as {@link moments}.
 */
export const momentsHu: Operation<(image: Image, options?: DispatchOptions) => number[]> = dispatchable(
  "measure.momentsHu",
  { on: [0], optionNames: [] },
  function momentsHu(image: Image, options?: DispatchOptions): number[] {
    checkSamples(image);
    resolveMomentsHu(image, options);
    return huFrom(momentsAbout(image, ORIGIN, 3));
  },
);

/** Moments about the centre of mass, without those that are 0 by definition or beyond the order. */
export function aboutCentroid(central: number[][]): number[][] {
  const order = central.length - 1;
  for (const [p, line] of central.entries()) {
    for (const [q, moment] of line.entries()) {
      // By definition of the centre those of order 1 are 0; what is left of them was rounding. Where there is no centre, as of samples that
      // add up to 0, scikit-image has them be 0 up to an order of 3 only.
      if (p + q > order || (p + q === 1 && !(order > 3 && Number.isNaN(moment)))) line[q] = 0;
    }
  }
  return central;
}

/** Hu's invariants from raw moments. */
export function huFrom(raw: Moments): number[] {
  return huMoments(normalizedMoments(centralMoments(raw)));
}

function momentsAbout(
  { data, width, height }: Image,
  [row, column]: readonly [number, number],
  order: number,
): number[][] {
  const powers = Array.from({ length: order + 1 }, (_, power) => power);
  // Down the rows plainly, as NumPy does, whose rounding is in scikit-image's results.
  const sums = powers.map(() => powers.map(() => 0));
  for (let r = 0; r < height; r++) {
    const line = powers.map(() => new Sum());
    for (let c = 0; c < width; c++) {
      const sample = data[r * width + c]!;
      for (const q of powers) line[q]!.add(sample * (c - column) ** q);
    }
    for (const p of powers) for (const q of powers) sums[p]![q]! += (r - row) ** p * line[q]!.value;
  }
  return sums;
}

/**
 * A sum, and beside it what each addition rounded off (Knuth's two-sum): about their centre, terms of odd powers cancel to
 * little more than that.
 */
class Sum {
  #sum = 0;
  #lost = 0;

  add(term: number): void {
    const more = this.#sum + term;
    const kept = more - this.#sum;
    this.#lost += this.#sum - (more - kept) + (term - kept);
    this.#sum = more;
  }

  /** Infinities have no rest. */
  get value(): number {
    return Number.isFinite(this.#lost) ? this.#sum + this.#lost : this.#sum;
  }
}
