// @ts-check
import { defer } from "tagswitch";
import { Image } from "tagswitch/image";
import { fromImage, onMat, toImage } from "./mat.js";
import { planLabel } from "./plan.js";
import { opencv } from "./start.js";

/**
 * `measure.label` where all regions have one value, as in a mask: OpenCV joins whatever is not background. It numbers
 * regions in the order in which it finds them, which are numbered anew here.
 */
export const label = onMat(planLabel, ({ background, neighbours }, mat, mats) => {
  const cv = opencv();
  const mask = mats.add(fromImage(foreground(toImage(mat), background)));
  const labels = mats.mat();
  cv.connectedComponents(mask, labels, neighbours, cv.CV_32S);
  renumber(labels.data32S);
  return labels;
});

/** @param {Image} image @param {number} background @returns {Image} 1 where it is not */
function foreground({ data, width, height }, background) {
  const mask = new Uint8Array(data.length);
  /** @type {number | undefined} */
  let only;
  for (let i = 0; i < data.length; i++) {
    // As in scikit-image, floats are cut to whole numbers first; NaN is background.
    const value = Math.trunc(data[i]);
    if (value === background || Number.isNaN(value)) continue;
    if (value !== (only ??= value)) defer("several values beside the background: OpenCV would join their regions");
    mask[i] = 1;
  }
  return new Image(mask, { width, height });
}

/** @param {Int32Array} labels to be numbered in raster order */
function renumber(labels) {
  const numbers = new Map([[0, 0]]);
  for (let i = 0; i < labels.length; i++) {
    let number = numbers.get(labels[i]);
    if (number === undefined) numbers.set(labels[i], (number = numbers.size));
    labels[i] = number;
  }
}
