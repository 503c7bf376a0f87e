import { ImageError } from "../errors.ts";
import { type DType, Image, SAMPLE_ARRAYS, type Samples } from "../image.ts";
import { display } from "../options.ts";
import { checkImage } from "./given.ts";

const MAGIC = "\x93NUMPY";
/** NumPy's codes of the dtypes. */
const CODES: Readonly<Record<string, DType>> = {
  u1: "uint8",
  b1: "uint8",
  u2: "uint16",
  i4: "int32",
  f4: "float32",
  f8: "float64",
};
/** Where data may begin. */
const ALIGNMENT = 64;

/**
 * The image in a `.npy` file, as `numpy.save` writes it: an array of shape `(height, width)` or `(height, width, channels)`. Booleans become
 * `uint8` of 0 and 1. A view on the same memory, no copy, unless samples are big-endian, in Fortran's order, or begin where their type
 * cannot.
 *
 * Format: `numpy.lib.format`, versions 1 to 3.
 *
 * @param file the whole file.
 * @throws ImageError `ERR_IMAGE_FORMAT` for anything else and for a file that ends early; `ERR_IMAGE_DTYPE` for dtypes that images lack,
 * `ERR_IMAGE_SHAPE` for other numbers of dimensions.
 */
export function fromNpy(file: Uint8Array): Image {
  if (!(file instanceof Uint8Array)) {
    throw new ImageError(
      "ERR_IMAGE_FORMAT",
      `interop.fromNpy: file is ${display(file)}; expected a Buffer or Uint8Array`,
    );
  }
  const { header, start } = readHeader(file);
  const { swapped, dtype } = readType(header);
  const { height, width, channels } = readShape(header);
  const SampleArray = SAMPLE_ARRAYS[dtype];
  const length = height * width * channels;
  const bytes = length * SampleArray.BYTES_PER_ELEMENT;
  if (file.length - start !== bytes) {
    throw wrong(`${file.length - start} bytes follow the header; shape and dtype need ${bytes}`);
  }
  const inPlace = !swapped && (file.byteOffset + start) % SampleArray.BYTES_PER_ELEMENT === 0;
  const { buffer, byteOffset } = inPlace ? file.subarray(start) : new Uint8Array(file.subarray(start));
  const data: Samples = new SampleArray(buffer as ArrayBuffer, byteOffset, length);
  if (swapped) swapBytes(data);
  const geometry = { width, height, channels };
  if (!/'fortran_order'\s*:\s*True/.test(header)) return new Image<Samples>(data, geometry);
  const image = new Image<Samples>(new SampleArray(length), geometry);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let k = 0; k < channels; k++) image.data[at++] = data[y + height * (x + width * k)] as number;
    }
  }
  return image;
}

/** An image as a `.npy` file for `numpy.load`: shape `(height, width)` or `(height, width, channels)`, little-endian. */
export function toNpy(image: Image): Uint8Array {
  checkImage("interop.toNpy", image);
  const { data, dtype, shape } = image;
  const [code] = Object.entries(CODES).find(([, name]) => name === dtype) as [string, DType];
  const descr = `${dtype === "uint8" ? "|" : "<"}${code}`;
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`;
  const start = Math.ceil((MAGIC.length + 4 + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(start + data.byteLength);
  const text = `${MAGIC}\x01\x00`;
  for (let i = 0; i < text.length; i++) file[i] = text.charCodeAt(i);
  new DataView(file.buffer).setUint16(text.length, start - text.length - 2, true);
  const padded = `${header.padEnd(start - text.length - 3)}\n`;
  for (let i = 0; i < padded.length; i++) file[text.length + 2 + i] = padded.charCodeAt(i);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return file;
}

function readHeader(file: Uint8Array): { header: string; start: number } {
  const text = (from: number, to: number): string => Buffer.from(file.subarray(from, to)).toString("latin1");
  if (text(0, MAGIC.length) !== MAGIC) throw wrong("no .npy file: it does not begin with \\x93NUMPY");
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const version = file[MAGIC.length];
  const lengthAt = MAGIC.length + 2;
  const size = version === 1 ? 2 : 4;
  if (version === undefined || version < 1 || version > 3) throw wrong(`version ${version}; expected 1, 2 or 3`);
  if (file.length < lengthAt + size) throw wrong("the file ends within its header");
  const length = size === 2 ? view.getUint16(lengthAt, true) : view.getUint32(lengthAt, true);
  const start = lengthAt + size + length;
  if (start > file.length) throw wrong("the file ends within its header");
  return { header: text(lengthAt + size, start), start };
}

function readType(header: string): { swapped: boolean; dtype: DType } {
  const found = /'descr'\s*:\s*'([<>|=]?)(\w+)'/.exec(header);
  if (found === null) throw wrong("the header has no dtype of one kind");
  const [, order, code] = found as unknown as [string, string, string];
  const dtype = CODES[code];
  if (dtype === undefined) {
    const message = `interop.fromNpy: dtype is ${display(order + code)}; expected bool, uint8, uint16, int32, float32 or float64`;
    throw new ImageError("ERR_IMAGE_DTYPE", message);
  }
  return { swapped: order === ">" && dtype !== "uint8", dtype };
}

function readShape(header: string): { height: number; width: number; channels: number } {
  const shape = /'shape'\s*:\s*\(([\d,\s]*)\)/
    .exec(header)?.[1]
    ?.split(",")
    .filter((side) => side.trim() !== "")
    .map(Number);
  if (shape === undefined) throw wrong("the header has no shape");
  const [height, width, channels = 1] = shape as [number, number, number?];
  if (shape.length === 2 || shape.length === 3) return { height, width, channels };
  const expected = "(height, width) or (height, width, channels)";
  throw new ImageError("ERR_IMAGE_SHAPE", `interop.fromNpy: shape is (${shape.join(", ")}); expected ${expected}`);
}

function swapBytes(data: Samples): void {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (data.BYTES_PER_ELEMENT === 2) bytes.swap16();
  else if (data.BYTES_PER_ELEMENT === 4) bytes.swap32();
  else bytes.swap64();
}

function wrong(what: string): ImageError {
  return new ImageError("ERR_IMAGE_FORMAT", `interop.fromNpy: ${what}`);
}
