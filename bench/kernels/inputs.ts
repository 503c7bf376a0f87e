import { type DType, Image, color, filters, measure, morphology, util } from "../../src/image/index.ts";
import { seeded } from "../../src/image/suite/generated/images.ts";

/** Images that calls may name: a dtype's bits after what it shows. */
export const INPUT_NAMES = [
  "gray8",
  "gray16",
  "gray32",
  "other8",
  "other32",
  "rgb8",
  "rgb32",
  "rgba8",
  "hsv32",
  "lab32",
  "xyz32",
  "mask",
  "labels",
  "sparse",
  "markers",
] as const;

export type InputName = (typeof INPUT_NAMES)[number];

/** Images of one side in pixels by name, made when they are first asked for, the same on every machine. */
export interface Inputs {
  readonly side: number;
  of(name: InputName): Image;
}

const MAKERS: Readonly<Record<InputName, (side: number, made: Inputs) => Image>> = {
  gray8: (_side, made) => util.imgAsUbyte(made.of("gray32")),
  gray16: (_side, made) => util.imgAsUint(made.of("gray32")),
  gray32: (side) => scene(side, 1, 1),
  other8: (_side, made) => util.imgAsUbyte(made.of("other32")),
  other32: (side) => scene(side, 1, 2),
  rgb8: (_side, made) => util.imgAsUbyte(made.of("rgb32")),
  rgb32: (side) => scene(side, 3, 3),
  rgba8: (side) => util.imgAsUbyte(scene(side, 4, 4)),
  hsv32: (_side, made) => color.rgb2hsv(made.of("rgb32")),
  lab32: (_side, made) => color.rgb2lab(made.of("rgb32")),
  xyz32: (_side, made) => color.rgb2xyz(made.of("rgb32")),
  mask: (side) => util.greater(filters.gaussian(noise(side), { sigma: 3 }), 0.5),
  labels: (_side, made) => measure.label(made.of("mask")),
  sparse: (_side, made) => morphology.removeSmallObjects(made.of("labels"), { maxSize: 200 }),
  markers: (side) => grid(side, 32),
};

/** The images of one side. */
export function inputsOfSide(side: number): Inputs {
  const made = new Map<InputName, Image>();
  const inputs: Inputs = {
    side,
    of(name) {
      let image = made.get(name);
      if (image === undefined) made.set(name, (image = MAKERS[name](side, inputs)));
      return image;
    },
  };
  return inputs;
}

/** An image as others read it: its samples lie in a file, as the machine orders their bytes. */
export interface StoredImage {
  readonly name: InputName;
  readonly dtype: DType;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly file: string;
}

/** The side of the squares that have a disc each, in pixels. */
const CELL = 48;

/** Waves, bright discs with hard edges and noise, from 0 to 1; channels differ a little. */
function scene(side: number, channels: number, seed: number): Image {
  const random = seeded(seed);
  const cells = Math.ceil(side / CELL);
  const reaches = Float32Array.from({ length: cells * cells }, () => (5 + 17 * random()) ** 2);
  // Of each column or row: what waves give there, and how far the middle of the cell is, squared.
  const along = Float32Array.from({ length: side }, (_, x) => 0.4 + 0.1 * Math.sin(x / 23 + seed));
  const down = Float32Array.from({ length: side }, (_, y) => 0.1 * Math.sin(y / 17));
  const fromMiddle = Float32Array.from({ length: side }, (_, x) => ((x % CELL) - CELL / 2) ** 2);
  const data = new Float32Array(side * side * channels);
  for (let y = 0, i = 0; y < side; y++) {
    const row = cells * Math.floor(y / CELL);
    for (let x = 0; x < side; x++) {
      const isDisc = fromMiddle[x]! + fromMiddle[y]! < reaches[row + Math.floor(x / CELL)]!;
      const waves = along[x]! + down[y]!;
      for (let channel = 0; channel < channels; channel++, i++) {
        const disc = isDisc ? 0.3 * (1 - channel / 4) : 0;
        data[i] = Math.min(Math.max(waves + disc + 0.1 * channel + 0.1 * (random() - 0.5), 0), 1);
      }
    }
  }
  return new Image(data, { width: side, height: side, channels });
}

function noise(side: number): Image {
  const random = seeded(5);
  const data = new Float32Array(side * side);
  for (let i = 0; i < data.length; i++) data[i] = random();
  return new Image(data, { width: side, height: side });
}

/** Numbered single pixels in the middles of squares. */
function grid(side: number, square: number): Image {
  const data = new Int32Array(side * side);
  let number = 0;
  for (let y = square >> 1; y < side; y += square) {
    for (let x = square >> 1; x < side; x += square) data[y * side + x] = ++number;
  }
  return new Image(data, { width: side, height: side });
}
