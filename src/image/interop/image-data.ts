import { ImageError } from "../errors.ts";
import { Image } from "../image.ts";
import { display } from "../options.ts";
import { checkImage } from "./given.ts";
import { imgAsUbyte } from "../util/index.ts";

/** What a canvas's `ImageData` has: 8-bit RGBA, row after row. */
export interface ImageDataLike {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly colorSpace: string;
}

/**
 * The image of a canvas's `ImageData`: `uint8`, 4 channels, the last opacity. A view on the same memory, no copy.
 *
 * @param imageData of any class: `data`, `width` and `height` are read.
 * @throws ImageError `ERR_IMAGE_DTYPE` unless `data` is a `Uint8ClampedArray`; `ERR_IMAGE_SHAPE`, `ERR_IMAGE_BUFFER`.
 */
export function fromImageData(imageData: Omit<ImageDataLike, "colorSpace">): Image<Uint8Array> {
  const { data, width, height } = imageData ?? {};
  if (!(data instanceof Uint8ClampedArray)) {
    const message = `interop.fromImageData: data is ${display(data)}; expected a Uint8ClampedArray of RGBA`;
    throw new ImageError("ERR_IMAGE_DTYPE", message);
  }
  return new Image(new Uint8Array(data.buffer, data.byteOffset, data.length), { width, height, channels: 4 });
}

/**
 * An image as a canvas takes it, for `context.putImageData(…)` or `new ImageData(data, width, height)`: grey becomes three channels,
 * what has no opacity opaque. `uint8` with 4 channels is a view on the image's memory, no copy; `uint16` and floats are scaled as
 * `util.imgAsUbyte` does.
 *
 * @param image grey or RGB, with opacity or without.
 * @throws ImageError `ERR_IMAGE_SHAPE` for other channels; `ERR_IMAGE_VALUE` for floats beyond ±1; `ERR_IMAGE_DTYPE` for `int32`: labels
 * are shown by `color.label2rgb`.
 */
export function toImageData(image: Image): ImageDataLike {
  checkImage("interop.toImageData", image);
  const { width, height, channels, alpha } = image;
  const colors = channels - Number(alpha);
  if (colors !== 1 && colors !== 3) {
    const message = `interop.toImageData: image has ${channels} channels, ${alpha ? "opacity among them" : "none of them opacity"}`;
    throw new ImageError("ERR_IMAGE_SHAPE", `${message}; expected grey or RGB, with opacity or without`);
  }
  if (image.dtype === "int32") {
    const expected = "uint8, uint16 or floats (color.label2rgb shows labels)";
    throw new ImageError("ERR_IMAGE_DTYPE", `interop.toImageData: image is int32; expected ${expected}`);
  }
  const bytes = image.dtype === "uint8" ? image.data : imgAsUbyte(image).data;
  const colorSpace = "srgb";
  if (colors === 3 && alpha) {
    return {
      data: new Uint8ClampedArray(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length),
      width,
      height,
      colorSpace,
    };
  }
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0, at = 0; at < data.length; pixel += channels, at += 4) {
    for (let color = 0; color < 3; color++) data[at + color] = bytes[pixel + (colors === 1 ? 0 : color)] as number;
    data[at + 3] = alpha ? (bytes[pixel + colors] as number) : 255;
  }
  return { data, width, height, colorSpace };
}
