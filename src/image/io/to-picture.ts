import { label2rgb } from "../color/label2rgb.ts";
import { ImageError } from "../errors.ts";
import { shape } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { display } from "../options.ts";
import { INTEGER_LIMITS } from "../sample-range.ts";
import { colourChannels, displayRange } from "./display-range.ts";

/**
 * Bytes that show an image, whatever its dtype and range: what scikit-image's `imshow` would show, in greys.
 *
 * Labels, `int32` without negative samples, get the colours of `color.label2rgb`. Of other images 0 becomes black, and the dtype's limit
 * (floats: 1) white; where samples are negative 0 becomes grey, and where they exceed the limit, or differ by less
 * than a twentieth of it as those of masks do, the least becomes black and the greatest white. NaN is black.
 *
 * @param image 1 or 3 channels, any dtype; with opacity 2 or 4.
 * @returns `uint8` of the image's channels, 3 for labels.
 * @throws ImageError `ERR_IMAGE_SHAPE` for other channels, `ERR_IMAGE_DTYPE` for what is no `Image`, `ERR_IMAGE_BUFFER`.
 */
export function toPicture(image: Image): Image<Uint8Array> {
  checkPicture("io.toPicture", image);
  return pictureOf(image);
}

/** Checks an argument of {@link toPicture}, for an operation. */
export function checkPicture(operation: string, image: unknown): asserts image is Image {
  if (!(image instanceof Image)) {
    throw new ImageError("ERR_IMAGE_DTYPE", `${operation}: image is ${display(image)}; expected an Image`);
  }
  checkSamples(image);
  if ([1, 3].includes(colourChannels(image))) return;
  const problem = `image has shape ${shape(image)}${image.alpha ? " with opacity" : ""}; expected 1 or 3 channels, and opacity if any`;
  throw new ImageError("ERR_IMAGE_SHAPE", `${operation}: ${problem}`);
}

/** {@link toPicture} of an image that was checked. */
export function pictureOf(image: Image): Image<Uint8Array> {
  const { dtype, data, channels } = image;
  const [black, white] = displayRange(image);
  if (dtype === "int32" && black >= 0 && channels === 1) return bytes(label2rgb(image), 0, 1);
  if (dtype === "uint8" && black === 0 && white === 255) return like(image, Uint8Array.from(data));
  return bytes(image, black, white);
}

/** Samples as bytes, from black to white; opacity by the dtype. */
function bytes(image: Image, black: number, white: number): Image<Uint8Array> {
  const { data, channels, alpha } = image;
  const [, opaque] = INTEGER_LIMITS[image.dtype] ?? [0, 1];
  // A constant image out of range is black.
  const scale = white > black ? 255 / (white - black) : 0;
  const result = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i++) {
    const isOpacity = alpha && i % channels === channels - 1;
    result[i] = isOpacity ? (data[i]! * 255) / opaque : (data[i]! - black) * scale;
  }
  return like(image, new Uint8Array(result.buffer));
}

function like({ width, height, channels, alpha }: Image, data: Uint8Array<ArrayBuffer>): Image<Uint8Array> {
  return new Image(data, { width, height, channels, alpha });
}
