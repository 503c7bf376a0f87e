// What the tests of the option `out` have in common: operations, their cases, and images in the forms of results.
import { Image } from "../../src/image/index.ts";
import { SAMPLE_ARRAYS } from "../../src/image/image.ts";
import { isPlainObject } from "../../src/image/options.ts";
import { type GeneratedCase, generatedCases } from "../../src/image/suite/generated/index.ts";
import { OPERATIONS } from "./conformance.ts";

/** Operations whose result is not images alone, or of a size that their samples decide. */
export const WITHOUT: Readonly<Record<string, string>> = {
  "exposure.histogram": "counts and centres",
  "feature.cornerPeaks": "a list of places, unless asked for a mask",
  "feature.peakLocalMax": "a list of places",
  "filters.thresholdIsodata": "a number",
  "filters.thresholdLi": "a number",
  "filters.thresholdMean": "a number",
  "filters.thresholdMinimum": "a number",
  "filters.thresholdMultiotsu": "numbers",
  "filters.thresholdOtsu": "a number",
  "filters.thresholdTriangle": "a number",
  "filters.thresholdYen": "a number",
  "measure.eulerNumber": "a number",
  "measure.moments": "numbers",
  "measure.momentsCentral": "numbers",
  "measure.momentsHu": "numbers",
  "measure.perimeter": "a number",
  "measure.regionprops": "regions",
  "measure.regionpropsTable": "a table",
  "measure.shannonEntropy": "a number",
  "metrics.meanSquaredError": "a number",
  "metrics.normalizedRootMse": "a number",
  "metrics.peakSignalNoiseRatio": "a number",
  "metrics.structuralSimilarity": "a number",
  "segmentation.relabelSequential": "an image and two lists",
  "transform.integrate": "numbers",
};

/** What `native` does not have. */
const NOT_NATIVE: ReadonlySet<string> = new Set(["measure.profileLine"]);

/** Operations of a backend that take the option. */
export function taking(backend: string): string[] {
  const having = Object.keys(OPERATIONS).filter((operation) => !(operation in WITHOUT));
  return having.filter((operation) => backend !== "native" || !NOT_NATIVE.has(operation));
}

/** The cases whose result is images alone. */
export function casesOf(operation: string): readonly GeneratedCase[] {
  return generatedCases.filter(({ operation: of, options }) => of === operation && !("returnNum" in options));
}

/** One case for each form that the result of an operation has: images, in lists or objects. */
export function formsOf(operation: string): readonly GeneratedCase[] {
  const formOf = ({ options }: GeneratedCase): string => `${options["returnDistances"]} ${options["returnIndices"]}`;
  const cases = casesOf(operation);
  return cases.filter((each, i) => cases.findIndex((other) => formOf(other) === formOf(each)) === i);
}

/** Some of the arguments of a case: of the smallest sizes, and of odd ones. */
export function argumentsOf({ inputs }: GeneratedCase, count: number): (readonly unknown[])[] {
  const lists = [...inputs()];
  return [...lists.slice(0, 1), ...lists.slice(6, 5 + count)];
}

/** The images of a result, by what messages call those of an `out`: `""` for one alone, `[0]` in a list, `.real` in an object. */
export function imagesIn(result: unknown): (readonly [place: string, image: Image])[] {
  if (Array.isArray(result)) return (result as Image[]).map((image, i) => [`[${i}]`, image]);
  if (isPlainObject(result)) return Object.entries(result).map(([name, image]) => [`.${name}`, image as Image]);
  return [["", result as Image]];
}

/** Images in the form of a result. */
export function inForm<T>(result: unknown, of: (image: Image, place: string) => T): T | T[] | Record<string, T> {
  const made = imagesIn(result).map(([place, image]) => [place.slice(1), of(image, place)] as const);
  if (result instanceof Image) return made[0]![1];
  return Array.isArray(result) ? made.map(([, image]) => image) : Object.fromEntries(made);
}

/** An image of the same geometry and dtype with other samples in it. */
export function another({ dtype, data, ...geometry }: Image): Image {
  return new Image(new SAMPLE_ARRAYS[dtype](data.length).fill(dtype.startsWith("float") ? Number.NaN : 0xa5), geometry);
}

/** The bytes of all images of a result. */
export function bytesOf(result: unknown): Buffer {
  const parts = imagesIn(result).map(([, { data }]) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  return Buffer.concat(parts);
}
