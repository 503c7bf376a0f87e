import { registerConverter, registerType } from "../../index.ts";
import { ImageError } from "../errors.ts";
import { checkSamples, Image } from "../image.ts";
import { display } from "../options.ts";
import { imgAsUint } from "../util/index.ts";

/** What is used of an image of `image-js`. */
export interface ImageJs {
  readonly colorModel: string;
  getRawImage(): {
    readonly width: number;
    readonly height: number;
    readonly channels: number;
    readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
  };
}

/** What is used of its class. */
export type ImageJsClass<I extends ImageJs> = new (
  width: number,
  height: number,
  options: { data: Uint8Array | Uint16Array; bitDepth: 8 | 16; colorModel: "GREY" | "GREYA" | "RGB" | "RGBA" },
) => I;

const IDENTIFIER = "image-js:Image";
const COLOR_MODELS = ["GREY", "GREYA", "RGB", "RGBA"] as const;

/**
 * Teaches dispatch the class `Image` of `image-js`: with a backend put first, `backend("native", () => filters.sobel(picture))`, operations
 * take its images and answer with such. Both ways are views on the same memory, but where results become what `image-js` has:
 * intensities 16 bits, as `util.imgAsUint` does, and `int32` (labels) 16 bits of the same values.
 *
 * @param Class `Image` of `import { Image } from "image-js"`.
 * @throws ImageError `ERR_IMAGE_OPTION` for anything but a class. Results that `image-js` cannot have are such errors of the call:
 * `ERR_IMAGE_SHAPE` for more than 4 channels, `ERR_IMAGE_VALUE` for `int32` beyond 0 to 65535 and floats beyond ±1.
 */
export function registerImageJs<I extends ImageJs>(Class: ImageJsClass<I>): void {
  if (typeof Class !== "function" || typeof Class.prototype?.getRawImage !== "function") {
    const expected = "the class Image of image-js";
    throw new ImageError("ERR_IMAGE_OPTION", `interop.registerImageJs: ${display(Class)}; expected ${expected}`);
  }
  registerType(Class, IDENTIFIER);
  registerConverter<I, Image>({
    ...{ from: IDENTIFIER, to: "tagswitch/image:Image", copies: false },
    convert: fromImageJs,
  });
  registerConverter<Image, I>({
    ...{ from: "tagswitch/image:Image", to: IDENTIFIER },
    convert: (image) => toImageJs(image, Class),
    bytes: ({ dtype, data }) => (dtype === "uint8" || dtype === "uint16" ? 0 : 2 * data.length),
  });
}

function fromImageJs(picture: ImageJs): Image {
  const { width, height, channels, data } = picture.getRawImage();
  const samples = data instanceof Uint8ClampedArray ? new Uint8Array(data.buffer, data.byteOffset, data.length) : data;
  return new Image<Uint8Array | Uint16Array>(samples, { width, height, channels });
}

function toImageJs<I extends ImageJs>(image: Image, Class: ImageJsClass<I>): I {
  checkSamples(image);
  const { width, height, channels } = image;
  const colorModel = COLOR_MODELS[channels - 1];
  if (colorModel === undefined) {
    throw new ImageError("ERR_IMAGE_SHAPE", `image-js: image has ${channels} channels; expected at most 4`);
  }
  const data = levels(image);
  return new Class(width, height, { data, bitDepth: data instanceof Uint8Array ? 8 : 16, colorModel });
}

/** Samples of 8 or 16 bits. */
function levels({ data, ...geometry }: Image): Uint8Array | Uint16Array {
  if (data instanceof Uint8Array || data instanceof Uint16Array) return data;
  if (!(data instanceof Int32Array)) return imgAsUint(new Image(data, geometry)).data;
  const beyond = data.find((value) => value < 0 || value > 0xffff);
  if (beyond === undefined) return Uint16Array.from(data);
  throw new ImageError(
    "ERR_IMAGE_VALUE",
    `image-js: image holds ${beyond}; expected values from 0 to 65535, which 16 bits hold`,
  );
}
