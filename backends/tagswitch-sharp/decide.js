// @ts-check
// `shouldRun` of each function. What a pipeline of sharp's holds shows when it has run: only the options can be judged before.
import { planGaussian, planGreater, planRgb2Gray, planSobel } from "./plan.js";

/** @typedef {import("tagswitch").DispatchContext} Context */
/** @typedef {import("tagswitch/image").Image | import("sharp").Sharp} Argument */

/** What any function here takes. */
const RGB = /** @type {const} */ ({ dtype: "uint8", channels: 3 });
const GREY = /** @type {const} */ ({ dtype: "uint8", channels: 1 });

/** @type {(context: Context, image: Argument, options?: unknown) => true | string} */
export const rgb2gray = (_context, image, options) => answer(planRgb2Gray(header(image) ?? RGB, options));

/** @type {(context: Context, image: Argument, options?: unknown) => true | string} */
export const gaussian = (_context, image, options) => answer(planGaussian(header(image) ?? GREY, options));

/** @type {(context: Context, image: Argument, options?: unknown) => true | string} */
export const sobel = (_context, image, options) => answer(planSobel(header(image) ?? GREY, options));

/** @type {(context: Context, image: Argument, threshold: number, options?: unknown) => true | string} */
export const greater = (_context, image, threshold, options) =>
  answer(planGreater(header(image) ?? GREY, threshold, options));

/** @param {Argument} image */
function header(image) {
  return "dtype" in image ? image : undefined;
}

/** @param {object | string} plan @returns {true | string} */
function answer(plan) {
  return typeof plan === "string" ? plan : true;
}
