import type { Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { EDGE_OPTIONS, type EdgeOptions, type EdgeWeights, findEdges } from "./edges.ts";

/** Options of `filters.scharr`. */
export interface ScharrOptions extends EdgeOptions {}

const WEIGHTS: EdgeWeights = { difference: [1], smoothing: [10 / 16, 3 / 16] };

/**
 * Edges by the Scharr filter, which depends less on an edge's direction than Sobel's: scikit-image's `scharr`.
 *
 * As `sobel`, smoothed by [3 10 3] / 16.
 *
 * @param image one channel, any dtype; integers become intensities first.
 * @returns the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels or a mask of another size, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const scharr: Operation<(image: Image, options?: ScharrOptions) => Image> = dispatchable(
  "filters.scharr",
  { on: [0], optionNames: EDGE_OPTIONS },
  function scharr(image: Image, options?: ScharrOptions): Image {
    return findEdges("filters.scharr", image, options, WEIGHTS);
  },
);
