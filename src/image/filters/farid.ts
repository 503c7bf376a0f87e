import type { Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { EDGE_OPTIONS, type EdgeOptions, type EdgeWeights, findEdges } from "./edges.ts";

/** Options of `filters.farid`. */
export interface FaridOptions extends EdgeOptions {}

const WEIGHTS: EdgeWeights = {
  difference: [0.276690988455557, 0.109603762960254],
  smoothing: [0.426374573253687, 0.249153396177344, 0.0376593171958126],
};

/**
 * Edges by the five-tap filters of H. Farid and E. P. Simoncelli, "Differentiation of discrete multidimensional signals",
 * IEEE Transactions on Image Processing 13(4), 2004, which barely depend on an edge's direction: scikit-image's `farid`.
 *
 * As `sobel`, with weights over two neighbours on each side for the difference and for the smoothing.
 *
 * @param image one channel, any dtype; integers become intensities first.
 * @returns the same shape; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels or a mask of another size, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const farid: Operation<(image: Image, options?: FaridOptions) => Image> = dispatchable(
  "filters.farid",
  { on: [0], optionNames: EDGE_OPTIONS },
  function farid(image: Image, options?: FaridOptions): Image {
    return findEdges("filters.farid", image, options, WEIGHTS);
  },
);
