// @ts-check
// `shouldRun` of each function, by the options, dtypes and channels.
import {
  headerOf,
  planGaussian,
  planGreater,
  planLabel,
  planLabel2Rgb,
  planRgb2Gray,
  planSobel,
  planThresholdOtsu,
} from "./plan.js";

export const rgb2gray = by(planRgb2Gray);
export const gaussian = by(planGaussian);
export const sobel = by(planSobel);
export const thresholdOtsu = by(planThresholdOtsu);
export const greater = by(planGreater);
export const label = by(planLabel);
export const label2rgb = by(planLabel2Rgb);

/**
 * @template {unknown[]} A
 * @param {(image: import("./plan.js").Header, ...rest: A) => object | string} plan
 */
function by(plan) {
  /**
   * @param {import("tagswitch").DispatchContext} _context
   * @param {import("tagswitch/image").Image | import("@techstark/opencv-js").Mat} input
   * @param {A} rest
   * @returns {true | string}
   */
  return (_context, input, ...rest) => {
    // A call is dispatched by any of its images; the first may be missing.
    if (typeof input !== "object" || input === null) return "no image: the first argument is missing";
    const planned = plan("dtype" in input ? input : headerOf(input), ...rest);
    return typeof planned === "string" ? planned : true;
  };
}
