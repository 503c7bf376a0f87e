// @ts-check
import { matType, onMat } from "./mat.js";
import { planGaussian, planSobel, planThresholdOtsu } from "./plan.js";
import { otsu } from "./otsu.js";
import { opencv } from "./start.js";

/** @typedef {import("@techstark/opencv-js").Mat} Mat */
/** @typedef {import("./mat.js").Temporaries} Temporaries */
/** @typedef {import("./plan.js").Edge} Edge */

/** `filters.gaussian`, with scikit-image's weights instead of OpenCV's. */
export const gaussian = onMat(planGaussian, ({ kernels, scale, dtype, ...edge }, mat, mats) =>
  correlate(toFloats(mat, dtype, scale, mats), kernels, edge, mats),
);

/** `filters.sobel` from scaled derivatives. */
export const sobel = onMat(planSobel, ({ axis, scale, dtype, ...edge }, mat, mats) => {
  const floats = toFloats(mat, dtype, scale, mats);
  const smooth = Float64Array.of(0.25, 0.5, 0.25);
  const difference = Float64Array.of(-1, 0, 1);
  const down = axis === 1 ? undefined : correlate(floats, [difference, smooth], edge, mats);
  const right = axis === 0 ? undefined : correlate(floats, [smooth, difference], edge, mats);
  if (!down || !right) return /** @type {Mat} */ (down ?? right);
  const magnitude = mats.mat();
  opencv().magnitude(down, right, magnitude);
  return toFloats(magnitude, dtype, Math.SQRT1_2, mats);
});

/** `filters.thresholdOtsu`: OpenCV counts; its own threshold differs where classes are equally far apart. */
export const thresholdOtsu = onMat(planThresholdOtsu, ({ levels }, mat, mats) => {
  const cv = opencv();
  const images = mats.add(new cv.MatVector());
  images.push_back(mat);
  const histogram = mats.mat();
  cv.calcHist(images, [0], mats.mat(), histogram, [levels], [0, levels]);
  return otsu(histogram.data32F);
});

/**
 * Floats that are samples times a factor.
 *
 * @param {Mat} mat
 * @param {"float32" | "float64"} dtype
 * @param {number} scale
 * @param {Temporaries} mats
 */
export function toFloats(mat, dtype, scale, mats) {
  const floats = mats.mat();
  mat.convertTo(floats, matType(dtype, mat.channels()), scale, 0);
  return floats;
}

/**
 * Weighs the neighbours down the columns and along the rows.
 *
 * @param {Mat} mat of floats
 * @param {readonly [down: Float64Array, along: Float64Array]} kernels of odd lengths
 * @param {Edge} edge
 * @param {Temporaries} mats
 */
function correlate(mat, [down, along], { border, cval }, mats) {
  const cv = opencv();
  const result = mats.mat();
  const anchor = new cv.Point(-1, -1);
  const [column, row] = [vector(down, mats), vector(along, mats)];
  const borders = { nearest: cv.BORDER_REPLICATE, reflect: cv.BORDER_REFLECT, mirror: cv.BORDER_REFLECT_101 };
  if (border === "nearest" || border === "reflect" || border === "mirror") {
    cv.sepFilter2D(mat, result, -1, row, column, anchor, 0, borders[border]);
    return result;
  }
  // Filters do not wrap, and take no border colour but 0.
  const [top, left] = [(down.length - 1) / 2, (along.length - 1) / 2];
  const padded = mats.mat();
  const kind = border === "wrap" ? cv.BORDER_WRAP : cv.BORDER_CONSTANT;
  cv.copyMakeBorder(mat, padded, top, top, left, left, kind, new cv.Scalar(cval, cval, cval, cval));
  const filtered = mats.mat();
  cv.sepFilter2D(padded, filtered, -1, row, column, anchor, 0, cv.BORDER_REPLICATE);
  mats.add(filtered.roi(new cv.Rect(left, top, mat.cols, mat.rows))).copyTo(result);
  return result;
}

/** @param {Float64Array} weights @param {Temporaries} mats */
function vector(weights, mats) {
  const column = mats.add(new (opencv().Mat)(weights.length, 1, opencv().CV_64F));
  column.data64F.set(weights);
  return column;
}
