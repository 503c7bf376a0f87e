import type { Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { EDGE_OPTIONS, type EdgeOptions, type EdgeWeights, findEdges } from "./edges.ts";

/** Options of `filters.prewitt`. */
export interface PrewittOptions extends EdgeOptions {}

const WEIGHTS: EdgeWeights = { difference: [1], smoothing: [1 / 3, 1 / 3] };

/**
 * Edges by the Prewitt filter: scikit-image's `prewitt`.
 *
 * As `sobel`, smoothed by [1 1 1] / 3.
 *
 * @param image one channel, any dtype; integers become intensities first.
 * @returns the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels or a mask of another size, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const prewitt: Operation<(image: Image, options?: PrewittOptions) => Image> = dispatchable(
  "filters.prewitt",
  { on: [0], optionNames: EDGE_OPTIONS },
  function prewitt(image: Image, options?: PrewittOptions): Image {
    return findEdges("filters.prewitt", image, options, WEIGHTS);
  },
);
