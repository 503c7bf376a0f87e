import type { Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { EDGE_OPTIONS, type EdgeOptions, type EdgeWeights, findEdges } from "./edges.ts";

/** Options of `filters.sobel`. */
export interface SobelOptions extends EdgeOptions {}

const WEIGHTS: EdgeWeights = { difference: [1], smoothing: [2 / 4, 1 / 4] };

/**
 * Edges by the Sobel filter: scikit-image's `sobel`.
 *
 * Per axis the difference of the neighbours on both sides, smoothed by [1 2 1] / 4 across it; the difference is
 * not halved, and positive where intensity grows with the index. Without `axis` √((h² + v²) / 2). The middle row
 * (or column) has no weight, so a NaN does not reach it.
 *
 * @param image one channel, any dtype; integers become intensities first.
 * @returns the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels or a mask of another size, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const sobel: Operation<(image: Image, options?: SobelOptions) => Image> = dispatchable(
  "filters.sobel",
  { on: [0], optionNames: EDGE_OPTIONS },
  function sobel(image: Image, options?: SobelOptions): Image {
    return findEdges("filters.sobel", image, options, WEIGHTS);
  },
);
