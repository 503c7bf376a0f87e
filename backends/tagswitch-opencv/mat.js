// @ts-check
// Between images and OpenCV's matrices, whose memory no garbage collector frees.
import { Image, ImageError } from "tagswitch/image";
import { headerOf } from "./plan.js";
import { opencv } from "./start.js";

/** @typedef {import("@techstark/opencv-js").Mat} Mat */
/** @typedef {import("tagswitch/image").Samples} Samples */

const CODES = /** @type {const} */ ({ uint8: "8U", uint16: "16U", int32: "32S", float32: "32F", float64: "64F" });

/**
 * A matrix with a copy of the samples; `delete()` frees it.
 *
 * @param {Image} image of at most 4 channels
 * @returns {Mat}
 * @throws ImageError `ERR_IMAGE_SHAPE`.
 */
export function fromImage({ data, dtype, width, height, channels }) {
  if (channels > 4) throw new ImageError("ERR_IMAGE_SHAPE", `opencv: ${channels} channels; expected at most 4`);
  const cv = opencv();
  const mat = new cv.Mat(height, width, matType(dtype, channels));
  mat.data.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return mat;
}

/**
 * An image with a copy of the samples.
 *
 * @param {Mat} mat of two dimensions; left as it is
 * @returns {Image}
 * @throws TypeError for depths that images lack.
 */
export function toImage(mat) {
  const { dtype } = headerOf(mat);
  // Part of another matrix has gaps between its rows.
  if (!mat.isContinuous()) {
    const whole = new (opencv().Mat)();
    try {
      mat.copyTo(whole);
      return toImage(whole);
    } finally {
      whole.delete();
    }
  }
  /** @type {Samples} */
  const samples = mat[`data${CODES[dtype]}`] ?? mat.data;
  return new Image(samples.slice(), { width: mat.cols, height: mat.rows, channels: mat.channels() });
}

/**
 * OpenCV's number for a type.
 *
 * @param {import("tagswitch/image").DType} dtype
 * @param {number} channels 1 to 4
 * @returns {number}
 */
export function matType(dtype, channels) {
  const name = /** @type {"CV_8UC1"} */ (`CV_${CODES[dtype]}C${channels}`);
  return opencv()[name];
}

/** The matrices of one call, freed together. */
export class Temporaries {
  /** @type {Set<Mat | import("@techstark/opencv-js").MatVector>} */
  #made = new Set();

  /**
   * @template {Mat | import("@techstark/opencv-js").MatVector} M
   * @param {M} made
   * @returns {M}
   */
  add(made) {
    this.#made.add(made);
    return made;
  }

  /** An empty matrix for a result. */
  mat() {
    return this.add(new (opencv().Mat)());
  }

  /** @param {Mat} mat outlives the call */
  keep(mat) {
    this.#made.delete(mat);
    return mat;
  }

  free() {
    for (const made of this.#made) made.delete();
    this.#made.clear();
  }
}

/**
 * A function on matrices as one on images, too: it answers each with its kind. Numbers stay numbers.
 *
 * @template {object} P
 * @template {unknown[]} A
 * @template {Mat | number} R
 * @param {(image: import("./plan.js").Header, ...rest: A) => P | string} plan what to do, or why not
 * @param {(plan: P, mat: Mat, mats: Temporaries) => R} run may return what `mats` made
 */
export function onMat(plan, run) {
  /**
   * @template {Image | Mat} I
   * @param {I} input
   * @param {A} rest
   * @returns {R extends number ? number : I}
   */
  return (input, ...rest) => {
    const isImage = input instanceof Image;
    // Made anew, an image is checked: its buffer may be gone.
    if (isImage) void new Image(input.data, input);
    const header = isImage ? input : headerOf(input);
    const planned = plan(header, ...rest);
    if (typeof planned === "string") throw new ImageError("ERR_IMAGE_OPTION", `opencv: ${planned}`);
    const mats = new Temporaries();
    try {
      const result = run(planned, isImage ? mats.add(fromImage(input)) : input, mats);
      if (typeof result === "number") return /** @type {any} */ (result);
      return /** @type {any} */ (isImage ? toImage(result) : mats.keep(result));
    } catch (error) {
      throw readable(error);
    } finally {
      mats.free();
    }
  };
}

/** Converter from `opencv:Mat`. */
export const fromMat = {
  convert: toImage,
  /** @param {Mat} mat */
  bytes: (mat) => mat.total() * mat.elemSize(),
};

/** Converter to `opencv:Mat`. */
export const toMat = {
  convert: fromImage,
  /** @param {Image} image */
  bytes: (image) => image.data.byteLength,
  /** @param {Mat} mat */
  dispose: (mat) => mat.delete(),
};

/** @param {unknown} error of OpenCV's, which are addresses */
function readable(error) {
  if (typeof error !== "number") return error;
  const { msg } = /** @type {{ msg: string }} */ (opencv().exceptionFromPtr(error));
  return new Error(`opencv: ${msg}`, { cause: error });
}
