// @ts-check
// Between images in main memory and sharp's pipelines.
import { registerType } from "tagswitch";
import { Image, ImageError } from "tagswitch/image";
import sharp from "sharp";

/** @typedef {import("sharp").Sharp} Sharp */

// The class of `import`, which only its importer can name. That of `require`, another one, is known by being loaded.
registerType(sharp, "sharp:Sharp");

/**
 * The picture that a pipeline makes: 16 bits where its input has them, else 8; grey where its input is.
 *
 * @param {Sharp} picture left as it is
 * @returns {Promise<Image<Uint8Array> | Image<Uint16Array>>}
 * @throws ImageError `ERR_IMAGE_DTYPE` for one that reads floats, of which sharp keeps 8 bits.
 */
export async function toImage(picture) {
  const { depth, channels } = await picture.metadata();
  if (depth !== "uchar" && depth !== "ushort") {
    throw new ImageError("ERR_IMAGE_DTYPE", `sharp: samples of depth ${depth}; expected 8 or 16 unsigned bits`);
  }
  const deep = depth === "ushort";
  const space = channels < 3 ? (deep ? "grey16" : "b-w") : deep ? "rgb16" : "srgb";
  const pixels = picture.clone().toColourspace(space).raw({ depth });
  const { data, info } = await pixels.toBuffer({ resolveWithObject: true });
  if (!deep) return new Image(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), info);
  return new Image(new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2), info);
}

/**
 * A pipeline that reads an image. Integers keep their bits; intensities become 16 bits, 1 being 65535.
 *
 * @param {Image} image of at most 4 channels; not to be changed before the pipeline has run
 * @returns {Sharp}
 * @throws ImageError `ERR_IMAGE_DTYPE` for `int32`, `ERR_IMAGE_VALUE` for floats outside 0 to 1, `ERR_IMAGE_SHAPE`.
 */
export function fromImage({ data, dtype, width, height, channels }) {
  if (channels > 4) throw new ImageError("ERR_IMAGE_SHAPE", `sharp: ${channels} channels; expected at most 4`);
  if (dtype === "int32") throw new ImageError("ERR_IMAGE_DTYPE", "sharp: int32; expected uint8, uint16 or intensities");
  const raw = { width, height, channels: /** @type {1 | 2 | 3 | 4} */ (channels) };
  const samples =
    dtype === "uint8" || dtype === "uint16" ? data : quantized(/** @type {Float32Array | Float64Array} */ (data));
  return sharp(samples, { limitInputPixels: false, raw });
}

/** @param {Float32Array | Float64Array} intensities */
function quantized(intensities) {
  return Uint16Array.from(intensities, (intensity) => {
    // A rounding error above 1 is none.
    if (!(intensity >= 0 && intensity <= 1 + 1e-6)) {
      throw new ImageError("ERR_IMAGE_VALUE", `sharp: a sample is ${intensity}; expected intensities from 0 to 1`);
    }
    return Math.min(Math.round(intensity * 65535), 65535);
  });
}

/**
 * A function on images that answers a pipeline with a pipeline.
 *
 * @template {object} P
 * @template {unknown[]} A
 * @param {(image: Image, ...rest: A) => P | string} plan what to do, or why not
 * @param {(plan: P, image: Image) => Promise<Image>} run
 * @returns {<I extends Image | Sharp>(image: I, ...rest: A) => Promise<I>}
 */
export function onImage(plan, run) {
  return async (input, ...rest) => {
    // Made anew, an image is checked: its buffer may be gone.
    const image = input instanceof Image ? new Image(input.data, input) : await toImage(input);
    const planned = plan(image, ...rest);
    if (typeof planned === "string") throw new ImageError("ERR_IMAGE_OPTION", `sharp: ${planned}`);
    const result = await run(planned, image);
    return /** @type {any} */ (input instanceof Image ? result : fromImage(result));
  };
}

/** @type {{ convert(picture: Sharp): Promise<Image> }} Converter from `sharp:Sharp`, for `fn.async`. */
export const fromSharp = { convert: toImage };

/** @type {{ convert(image: Image): Sharp }} Converter to `sharp:Sharp`. */
export const toSharp = { convert: fromImage };
