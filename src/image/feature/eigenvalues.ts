// Of symmetric 2 × 2 matrices, of whatever they were made.
import { ImageError } from "../errors.ts";
import { type ImageHeader, isImage, requireAlike, requireOneChannel } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { floatDType, rounded } from "../intensity.ts";
import { display, ONLY_OUT, refuseOptions } from "../options.ts";
import type { OutOptions } from "../out.ts";
import type { MatrixElements } from "./matrix-elements.ts";

/** The larger and the smaller eigenvalue for each pixel. */
export type Eigenvalues = [larger: Image, smaller: Image];

/** Options of the functions that give eigenvalues. */
export interface EigenvaluesOptions extends OutOptions<Readonly<Eigenvalues>> {
  /** Two images that the larger and the smaller ones are written into; this list is what the call then returns. Default: new ones. */
  out?: Readonly<Eigenvalues>;
}

/** Checks the arguments of a function that takes matrices, the samples of those in main memory included. */
export function resolveEigenvalues(operation: string, elements: readonly ImageHeader[], options: unknown): void {
  refuseOptions(operation, options, ONLY_OUT);
  const given: unknown = elements;
  const list: unknown[] = Array.isArray(given) ? [...(given as unknown[])] : [];
  if (list.length !== 3 || !list.every(isImage)) {
    const expected = "three images, as feature.structureTensor and feature.hessianMatrix give";
    throw new ImageError("ERR_IMAGE_DTYPE", `${operation}: elements are ${display(given)}; expected ${expected}`);
  }
  for (const element of elements) {
    if (element instanceof Image) checkSamples(element);
    requireOneChannel(operation, element, "an element");
    requireAlike(operation, elements[0]!, element);
  }
  const { dtype } = elements[0]!;
  if (dtype !== "float32" && dtype !== "float64") {
    throw new ImageError("ERR_IMAGE_DTYPE", `${operation}: elements are ${dtype}; expected float32 or float64`);
  }
}

/** The reference. */
export function eigenvaluesOf(elements: Readonly<MatrixElements>): Eigenvalues {
  const [{ data: a }, { data: b }, { data: c }] = elements;
  const larger = new Float64Array(a.length);
  const smaller = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) [larger[i], smaller[i]] = eigenvaluesAt(a[i]!, b[i]!, c[i]!);
  const { width, height, dtype } = elements[0];
  return [
    rounded(larger, floatDType(dtype), { width, height }),
    rounded(smaller, floatDType(dtype), { width, height }),
  ];
}

/** The eigenvalues of [[a, b], [b, c]], the larger one first. */
export function eigenvaluesAt(a: number, b: number, c: number): [larger: number, smaller: number] {
  const [middle, beside] = [(a + c) / 2, (a - c) / 2];
  // Not by powers, whose last bit is left to engines: `frangi` looks at it.
  const distance = Math.sqrt(b * b + beside * beside);
  return [middle + distance, middle - distance];
}
