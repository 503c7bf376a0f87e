import { Image } from "../../../src/image/index.ts";
import { wrong } from "./inputs.ts";
import type { Refusal } from "./refusal.ts";

/** Bad input of `Image` itself. */
// oxfmt-ignore
export const imageRefusals: readonly Refusal[] = [
  ["no rows", () => new Image(new Uint8Array(0), { width: 4, height: 0 }), "ERR_IMAGE_SHAPE", /^image height is 0; expected a whole/],
  ["width NaN", () => new Image(new Uint8Array(4), { width: Number.NaN, height: 1 }), "ERR_IMAGE_SHAPE", /^image width is NaN/],
  ["half a channel", () => new Image(new Uint8Array(4), { width: 4, height: 1, channels: 0.5 }), "ERR_IMAGE_SHAPE", /channels is 0\.5/],
  ["wrong length", () => new Image(new Uint8Array(11), { width: 4, height: 3 }), "ERR_IMAGE_BUFFER", /holds 11 samples; shape .* needs 12$/],
  ["8-bit signed", () => new Image(wrong(new Int8Array(4)), { width: 4, height: 1 }), "ERR_IMAGE_DTYPE", /is a Int8Array; expected a Uint8Array,/],
  ["an array", () => new Image(wrong([1, 2]), { width: 2, height: 1 }), "ERR_IMAGE_DTYPE", /is a Array/],
  ["no geometry", () => new Image(new Uint8Array(4), wrong(undefined)), "ERR_IMAGE_SHAPE", /^image geometry is undefined; expected \{ width, height \}$/],
  ["null geometry", () => new Image(new Uint8Array(4), wrong(null)), "ERR_IMAGE_SHAPE", /^image geometry is null/],
  ["a bare object as width", () => new Image(new Uint8Array(4), { width: wrong(Object.create(null)), height: 1 }), "ERR_IMAGE_SHAPE", /^image width is a plain object; expected a whole/],
  ["width as text", () => new Image(new Uint8Array(4), { width: wrong("4"), height: 1 }), "ERR_IMAGE_SHAPE", /^image width is "4"/],
  ["alpha as text", () => new Image(new Uint8Array(4), { width: 4, height: 1, alpha: wrong("yes") }), "ERR_IMAGE_SHAPE", /^image alpha is "yes"; expected true or false$/],
  ["bare data", () => new Image(wrong(Object.create(null)), { width: 4, height: 1 }), "ERR_IMAGE_DTYPE", /^image data is a plain object/],
  ["hollow data", () => new Image(wrong(Object.create(Uint8Array.prototype)), { width: 4, height: 1 }), "ERR_IMAGE_DTYPE", /^image data is a Uint8Array without memory/],
  ["shared memory", () => new Image(new Uint8Array(new SharedArrayBuffer(4)), { width: 4, height: 1 }), "ERR_IMAGE_BUFFER", /SharedArrayBuffer/],
];
