import { ImageError } from "../errors.ts";
import { type DType, Image, SAMPLE_ARRAYS, type Samples } from "../image.ts";
import { display } from "../options.ts";
import { checkImage, checkObject } from "./given.ts";

/** Raw pixels as sharp gives them: `await sharp(file).raw().toBuffer({ resolveWithObject: true })`. */
export interface RawPixels {
  readonly data: Uint8Array;
  readonly info: { readonly width: number; readonly height: number; readonly channels: number };
}

/** Samples by libvips's names. */
export type RawDepth = "uchar" | "ushort" | "int" | "float" | "double";

const DEPTHS: Readonly<Record<RawDepth, DType>> = {
  uchar: "uint8",
  ushort: "uint16",
  int: "int32",
  float: "float32",
  double: "float64",
};

/**
 * The image of raw pixels. A view on the same memory, no copy, but where samples do not begin at a multiple of their size.
 *
 * @param pixels what `toBuffer({ resolveWithObject: true })` of sharp's `raw()` resolves to.
 * @param depth what `raw({ depth })` was given, by libvips's name. Default `"uchar"`, as there.
 * @throws ImageError `ERR_IMAGE_OPTION` for another depth; `ERR_IMAGE_DTYPE`, `ERR_IMAGE_SHAPE`; `ERR_IMAGE_BUFFER` where there are more or
 * fewer bytes than depth and size say.
 */
export function fromRaw(pixels: RawPixels, depth: RawDepth = "uchar"): Image {
  checkObject("interop.fromRaw", "pixels", pixels, "{ data, info }");
  const { data, info } = pixels;
  checkObject("interop.fromRaw", "info", info, "{ width, height, channels }");
  if (!Object.hasOwn(DEPTHS, depth)) {
    const expected = `one of ${Object.keys(DEPTHS).join(", ")}`;
    throw new ImageError("ERR_IMAGE_OPTION", `interop.fromRaw: depth is ${display(depth)}; expected ${expected}`);
  }
  if (!(data instanceof Uint8Array)) {
    throw new ImageError(
      "ERR_IMAGE_DTYPE",
      `interop.fromRaw: data is ${display(data)}; expected a Buffer or Uint8Array`,
    );
  }
  const SampleArray = SAMPLE_ARRAYS[DEPTHS[depth]];
  const size = SampleArray.BYTES_PER_ELEMENT;
  if (data.length % size !== 0) {
    const message = `interop.fromRaw: data has ${data.length} bytes; samples of depth ${depth} have ${size}`;
    throw new ImageError("ERR_IMAGE_BUFFER", message);
  }
  const { buffer, byteOffset } = data.byteOffset % size === 0 ? data : new Uint8Array(data);
  const { width, height, channels } = info;
  return new Image<Samples>(new SampleArray(buffer as ArrayBuffer, byteOffset, data.length / size), {
    width,
    height,
    channels,
  });
}

/**
 * An image as sharp takes raw pixels: `sharp(...interop.toRaw(image))`. The memory is the image's, no copy: it is not to be changed
 * before the pipeline has run. What sharp makes of a depth is its own affair: it keeps 8 bits unless `toColourspace("rgb16")` says
 * otherwise.
 *
 * @param image 1 to 4 channels; `int32` and floats as they are, which sharp reads as levels from 0 to 255.
 * @throws ImageError `ERR_IMAGE_SHAPE` for more channels.
 */
export function toRaw(
  image: Image,
): [data: Samples, options: { raw: RawPixels["info"] & { channels: 1 | 2 | 3 | 4 } }] {
  checkImage("interop.toRaw", image);
  const { data, width, height, channels } = image;
  if (channels > 4) {
    throw new ImageError("ERR_IMAGE_SHAPE", `interop.toRaw: image has ${channels} channels; expected at most 4`);
  }
  return [data, { raw: { width, height, channels: channels as 1 | 2 | 3 | 4 } }];
}
