import { type DType, Image } from "../image.ts";
import { INTENSITY_SCALE } from "../intensity.ts";
import { comparable, type Comparable } from "./comparable.ts";
import { imagesOf } from "./copy.ts";

/** Largest error, relative to the larger of the value and the scale of the image; one number or one by float dtype. */
export type Tolerance = number | { readonly float32: number; readonly float64: number };

/** Operations whose numbers are computed, where others choose one of the image's levels, which must be the same. */
const COMPUTED: ReadonlySet<string> = new Set([
  "filters.thresholdLi",
  "filters.thresholdMean",
  "measure.momentsHu",
  "measure.perimeter",
  "measure.shannonEntropy",
  "metrics.meanSquaredError",
  "metrics.normalizedRootMse",
  "metrics.peakSignalNoiseRatio",
  "metrics.structuralSimilarity",
  "transform.integrate",
]);

/** The tolerance for an operation's answers: none where these are numbers that are chosen. */
export function toleranceOf(operation: string, answer: unknown, tolerance: Tolerance): Tolerance {
  const isNumbers = [answer].flat().every((value) => typeof value === "number");
  return isNumbers && !COMPUTED.has(operation) ? 0 : tolerance;
}

/**
 * The least error allowed in the columns of tables: some are square roots of what is left of numbers that cancel, which lose half
 * of the digits.
 */
const COLUMN_TOLERANCE = 1e-7;

/**
 * How a result differs from what is expected, in words; `null` when it does not.
 *
 * Integers must be equal, NaN and infinities must lie in the same places.
 *
 * @param scale the largest intensity at hand: errors are not held against pixels that cancel to nearly nothing. A property in a table
 * has its largest value instead.
 */
export function difference(actual: unknown, expected: Comparable, tolerance: Tolerance, scale: number): string | null {
  actual = comparable(actual);
  if (typeof expected === "number") {
    // A number that is chosen is that very one.
    const allowed = allowedError("float32", tolerance) * Math.max(Math.abs(expected), scale);
    const near = (value: number): boolean =>
      Object.is(value, expected) || (allowed > 0 && Math.abs(value - expected) <= allowed);
    return typeof actual === "number" && near(actual) ? null : `${String(actual)} instead of ${expected}`;
  }
  if (!(expected instanceof Image)) return tableDifference(actual as Record<string, Image>, expected, tolerance);
  if (!(actual instanceof Image)) return `${String(actual)} instead of an image`;
  if (outline(actual) !== outline(expected)) return `${outline(actual)} instead of ${outline(expected)}`;
  if (Buffer.compare(bytesOf(actual), bytesOf(expected)) === 0) return null; // a tenth of the loop's time

  const allowed = allowedError(expected.dtype, tolerance);
  let wrong = 0;
  let worst = { error: -1, at: 0 };
  for (let i = 0; i < expected.data.length; i++) {
    const [a, b] = [actual.data[i]!, expected.data[i]!];
    if (same(a, b)) continue;
    const error = Math.abs(a - b) / (allowed === 0 ? 1 : Math.max(Math.abs(b), scale));
    if (error <= allowed) continue;
    wrong++;
    // An error of NaN is worse than any number.
    if (!(error <= worst.error)) worst = { error, at: i };
  }
  if (wrong === 0) return null;
  const { width, channels } = expected;
  const pixel = Math.floor(worst.at / channels);
  const place = `row ${Math.floor(pixel / width)}, column ${pixel % width}, channel ${worst.at % channels}`;
  const values = `${actual.data[worst.at]} instead of ${expected.data[worst.at]}`;
  return `${wrong} of ${expected.data.length} samples; the worst, at ${place}, is ${values} (error ${worst.error}, allowed ${allowed})`;
}

function tableDifference(
  actual: Readonly<Record<string, Image>>,
  expected: Readonly<Record<string, Image>>,
  tolerance: Tolerance,
): string | null {
  const [given, wanted] = [actual, expected].map((table) => Object.keys(table).toSorted().join(", "));
  if (given !== wanted) return `columns ${given} instead of ${wanted}`;
  for (const [name, column] of Object.entries(expected)) {
    const allowed = Math.max(allowedError("float64", tolerance), COLUMN_TOLERANCE);
    const problem = difference(actual[name], column, allowed, largest(column));
    if (problem !== null) return `${name}: ${problem}`;
  }
  return null;
}

/** Equal numbers, zeros of either sign among them, or NaN both. */
function same(a: unknown, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

/** The largest error allowed in results of a dtype: none for integers. */
function allowedError(dtype: DType, tolerance: Tolerance): number {
  if (dtype !== "float32" && dtype !== "float64") return 0;
  return typeof tolerance === "number" ? tolerance : tolerance[dtype];
}

function bytesOf({ data }: Image): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function outline({ dtype, height, width, channels }: Image): string {
  return `${dtype} ${height} × ${width} × ${channels}`;
}

/**
 * The scale of a comparison: the largest finite magnitude of the result and of the last image that is no map of places, as the operation sees
 * its samples.
 */
export function imageScale(
  operation: string,
  inputs: readonly unknown[],
  options: Readonly<Record<string, unknown>>,
  expected: Comparable,
): number {
  const image = imagesOf(inputs).at(operation === "transform.warp" ? 0 : -1);
  const raw =
    options["preserveRange"] === true ||
    options["blockSize"] !== undefined ||
    options["windowSize"] !== undefined ||
    options["kind"] === "avg";
  const input = image ? largest(image) * (raw ? 1 : INTENSITY_SCALE[image.dtype]) : 0;
  return Math.max(input, expected instanceof Image ? largest(expected) : 0);
}

function largest(image: Image): number {
  let most = 0;
  for (const sample of image.data) if (Number.isFinite(sample)) most = Math.max(most, Math.abs(sample));
  return most;
}
