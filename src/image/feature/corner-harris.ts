import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { rounded } from "../intensity.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import type { ResolvedMatrix } from "./matrix-elements.ts";
import { resolveTensor, tensorOf } from "./structure-tensor.ts";

/** Options of `feature.cornerHarris`. */
export interface CornerHarrisOptions extends OutOptions {
  /** `"k"`: det A − k (trace A)²; `"eps"`: 2 det A / (trace A + eps), which is Noble's. Default `"k"`. */
  method?: "k" | "eps";
  /** How much an edge is held against a pixel, 0 to 0.2 as a rule. Default 0.05. */
  k?: number;
  /** Keeps the quotient of method `"eps"` finite. Default 1e-6. */
  eps?: number;
  /** Standard deviation of the Gaussian in pixels, or one for rows and one for columns. Default 1. */
  sigma?: number | readonly [row: number, column: number];
}

/** What `feature.cornerHarris` is to do, checked and with defaults. */
export interface ResolvedCornerHarris extends ResolvedMatrix {
  readonly method: "k" | "eps";
  readonly k: number;
  readonly eps: number;
}

const OPTIONS: readonly string[] = ["method", "k", "eps", "sigma", "out"];

/** Checks the arguments of `feature.cornerHarris` and applies the defaults. */
export function resolveCornerHarris(image: ImageHeader, options?: CornerHarrisOptions): ResolvedCornerHarris {
  const read = new OptionReader("feature.cornerHarris", options, OPTIONS);
  const method = read.oneOf("method", "k", ["k", "eps"]);
  const k = read.number("k", 0.05);
  const eps = read.number("eps", 1e-6);
  return { ...resolveTensor("feature.cornerHarris", read, image), method, k, eps };
}

/**
 * How much each pixel is a corner, by Harris: scikit-image's `corner_harris`.
 *
 * From the structure tensor A with zeros beyond the edge (`feature.structureTensor`). C. Harris and M. Stephens, "A combined corner
 * and edge detector", Alvey Vision Conference, 1988.
 *
 * @param image one channel, any dtype; integers become intensities first.
 * @returns the same shape, corners above 0 and, by method `"k"`, edges below; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_LIMIT` for a kernel radius above
 * 65535, `ERR_IMAGE_BUFFER`.
 */
export const cornerHarris: Operation<(image: Image, options?: CornerHarrisOptions) => Image> = dispatchable(
  "feature.cornerHarris",
  { on: [0], optionNames: OPTIONS },
  function cornerHarris(image: Image, options?: CornerHarrisOptions): Image {
    checkSamples(image);
    const resolved = resolveCornerHarris(image, options);
    const { method, k, eps, dtype } = resolved;
    const [rr, rc, cc] = tensorOf(image, resolved);
    const response = rr.map((first, i) => {
      const [second, mixed] = [cc[i]!, rc[i]!];
      const determinant = first * second - mixed * mixed;
      const trace = first + second;
      return method === "k" ? determinant - k * trace * trace : (2 * determinant) / (trace + eps);
    });
    return rounded(response, dtype, { width: image.width, height: image.height });
  },
);
