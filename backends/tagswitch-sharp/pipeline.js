// @ts-check
// Samples into libvips and out again, in the precision that they have.
import { Image } from "tagswitch/image";
import sharp from "sharp";

/** @typedef {import("./plan.js").Border} Border */
/** @typedef {import("./plan.js").Correlation} Correlation */
/** @typedef {Float32Array | Float64Array} Floats */
/** @typedef {{ width: number, height: number }} Size */

/** sharp's names of SciPy's borders. */
const EXTEND = /** @type {const} */ ({ nearest: "copy", reflect: "mirror", wrap: "repeat", constant: "background" });

/**
 * A pipeline on samples of any dtype.
 *
 * sharp cuts 16-bit and float images to 16 bits at the end of its pipelines, unless a channel has been joined: then it takes them
 * for what it calls sRGB, whatever they hold, and leaves them alone. So one of zeros is.
 *
 * @param {Image} image at most 3 channels
 */
export function pipeline({ data, width, height, channels }) {
  const options = { limitInputPixels: false, raw: { width, height, channels: /** @type {1 | 2 | 3} */ (channels) } };
  const zeros = { limitInputPixels: false, raw: { width, height, channels: /** @type {const} */ (1) } };
  return sharp(data, options).joinChannel(Buffer.alloc(width * height), zeros);
}

/**
 * Runs a pipeline and takes its first channel.
 *
 * @param {import("sharp").Sharp} operations
 * @param {boolean} double whether the result has 64 bits; else 32
 * @returns {Promise<Image>}
 */
export async function firstChannel(operations, double) {
  const raw = operations.extractChannel(0).raw({ depth: double ? "double" : "float" });
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  const length = info.width * info.height;
  return new Image(
    double
      ? new Float64Array(data.buffer, data.byteOffset, length)
      : new Float32Array(data.buffer, data.byteOffset, length),
    info,
  );
}

/**
 * Weighs the neighbours of every sample of a one-channel image.
 *
 * @param {Image} image
 * @param {Correlation} correlation
 * @param {Border} border
 */
export async function correlate(image, { kernel, width, height }, border) {
  const weights = { width, height, kernel: [...kernel], scale: 1, offset: 0 };
  const double = image.dtype === "float64";
  // libvips's own border.
  if (border === "nearest") return firstChannel(pipeline(image).convolve(weights), double);
  const [left, top] = [(width - 1) / 2, (height - 1) / 2];
  const extended = pipeline(image).extend({ left, right: left, top, bottom: top, extendWith: EXTEND[border] });
  return crop(await firstChannel(extended.convolve(weights), double), left, top, image);
}

/**
 * @param {Image} image of one channel
 * @param {number} left
 * @param {number} top
 * @param {Size} size
 */
function crop({ data, width: stride }, left, top, { width, height }) {
  const cropped = /** @type {Floats} */ (data).slice(0, width * height);
  for (let row = 0; row < height; row++) {
    const start = (row + top) * stride + left;
    cropped.set(data.subarray(start, start + width), row * width);
  }
  return new Image(cropped, { width, height });
}
