// @ts-check
import { matType, onMat } from "./mat.js";
import { planGreater } from "./plan.js";
import { opencv } from "./start.js";

/** `util.greater`. */
export const greater = onMat(planGreater, ({ threshold }, mat, mats) => {
  const cv = opencv();
  // OpenCV's threshold takes floats as they are, but cuts integers' thresholds to their range.
  const wide = mat.depth() === cv.CV_32F ? mat : mats.mat();
  if (wide !== mat) mat.convertTo(wide, cv.CV_64F, 1, 0);
  const floats = mats.mat();
  cv.threshold(wide, floats, threshold, 1, cv.THRESH_BINARY);
  const mask = mats.mat();
  floats.convertTo(mask, matType("uint8", 1), 1, 0);
  return mask;
});
