// What nonsense is made of.
import { Image, type transform } from "../../../src/image/index.ts";

export const gray = (): Image => new Image(new Uint8Array(12).fill(7, 3), { width: 4, height: 3 });
export const rgb = (): Image => new Image(new Uint8Array(36), { width: 4, height: 3, channels: 3 });
export const rgba = (): Image => new Image(new Uint8Array(48), { width: 4, height: 3, channels: 4 });
export const floats = (...samples: number[]): Image =>
  new Image(Float32Array.from(samples), { width: samples.length, height: 1 });
/** Large enough for a window of similarity. */
export const square = (): Image => new Image(new Float32Array(81), { width: 9, height: 9 });
/** Every level of bytes. */
export const ramp = (): Image =>
  new Image(
    Uint8Array.from({ length: 256 }, (_, i) => i),
    { width: 256, height: 1 },
  );
/** Of the class only by its prototype. */
export const hollow = (): Image => Object.create(Image.prototype) as Image;
/** For each pixel of an image of that size. */
export const places = (): Image => new Image(new Float64Array(24), { width: 4, height: 3, channels: 2 });
export const labels = (): Image => new Image(new Int32Array(12), { width: 4, height: 3 });

/** An array of holes. */
export function sparse(length: number): unknown[] {
  const array: unknown[] = [];
  array.length = length;
  return array;
}

export const IDENTITY: transform.Matrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // oxfmt-ignore

/** A value that the types forbid. */
export const wrong = (value: unknown): never => value as never;

export function detached(): Image {
  const image = gray();
  structuredClone(image.data.buffer, { transfer: [image.data.buffer as ArrayBuffer] });
  return image;
}
