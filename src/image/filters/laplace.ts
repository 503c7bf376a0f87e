import { type ImageHeader, requireOneChannel } from "../header.ts";
import type { GpuImage } from "../gpu-image.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import type { IsMask } from "../mask.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { clipEdges, readEdgeMask } from "./edge-mask.ts";
import { padded } from "./edges.ts";

/** Options of `filters.laplace`. */
export interface LaplaceOptions extends OutOptions {
  /** As of `filters.sobel`: other than 0 where edges count; the rest, and what it touches, becomes 0. Default: everywhere. */
  mask?: Image | GpuImage | null;
}

/** What `filters.laplace` is to do, checked. */
export interface ResolvedLaplace<M = Image> {
  readonly mask: M | null;
  /** Factor from sample to intensity. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPTIONS: readonly string[] = ["mask", "out"];

/** Checks the arguments of `filters.laplace`. */
export function resolveLaplace<M extends ImageHeader = Image>(
  image: ImageHeader,
  options?: LaplaceOptions,
  isMask?: IsMask<M>,
): ResolvedLaplace<M> {
  const read = new OptionReader("filters.laplace", options, OPTIONS);
  requireOneChannel("filters.laplace", image);
  const mask = readEdgeMask("filters.laplace", read, image, isMask);
  return { mask, scale: INTENSITY_SCALE[image.dtype], dtype: floatDType(image.dtype) };
}

/**
 * Edges by the discrete Laplacian: scikit-image's `laplace`.
 *
 * Four times the pixel less its four neighbours: positive where it is brighter than they are. Beyond the edge the image is
 * reflected.
 *
 * @param image one channel, any dtype; integers become intensities first.
 * @returns the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels or a mask of another size, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const laplace: Operation<(image: Image, options?: LaplaceOptions) => Image> = dispatchable(
  "filters.laplace",
  { on: [0], optionNames: OPTIONS },
  function laplace(image: Image, options?: LaplaceOptions): Image {
    checkSamples(image);
    const { mask, scale, dtype } = resolveLaplace(image, options);
    const { width, height } = image;
    const source = padded(scaled(image, scale), width, height, { radius: 1, mode: "reflect", cval: 0 });
    const stride = width + 2;
    const edges = new Float64Array(width * height);
    for (let i = 0; i < edges.length; i++) {
      const at = (Math.floor(i / width) + 1) * stride + (i % width) + 1;
      const [north, south] = [source[at - stride]!, source[at + stride]!];
      edges[i] = 4 * source[at]! - north - south - source[at - 1]! - source[at + 1]!;
    }
    const result = rounded(edges, dtype, { width, height });
    clipEdges(result, mask);
    return result;
  },
);
