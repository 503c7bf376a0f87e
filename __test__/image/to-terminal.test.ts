import test from "ava";
import { color, type DType, Image, ImageError, io, type Samples } from "../../src/image/index.ts";

const gray = (data: Samples, width: number): Image => new Image(data, { width, height: data.length / width });
const bytesOf = (image: Image): number[] => [...io.toPicture(image).data];

const ranges: [name: string, image: Image, picture: number[]][] = [
  ["bytes are themselves", gray(Uint8Array.of(0, 7, 200), 3), [0, 7, 200]],
  ["bytes of low contrast are stretched, masks among them", gray(Uint8Array.of(0, 1, 0, 1), 4), [0, 255, 0, 255]],
  ["so are a few levels far from black", gray(Uint8Array.of(100, 102, 104), 3), [0, 128, 255]],
  ["a constant image is not", gray(Uint8Array.of(3, 3), 2), [3, 3]],
  ["uint16 by its limit", gray(Uint16Array.of(0, 65535, 32896), 3), [0, 255, 128]],
  ["uint16 of few levels from the least to the greatest", gray(Uint16Array.of(1000, 2000, 3000), 3), [0, 128, 255]],
  ["floats from 0 to 1", gray(Float32Array.of(0, 0.5, 0.9), 3), [0, 128, 229]],
  ["floats beyond 1 from the least to the greatest", gray(Float64Array.of(1, 2, 5), 3), [0, 64, 255]],
  ["0 is grey where samples are negative", gray(Float32Array.of(-0.2, 0, 0.1), 3), [0, 128, 191]],
  ["of integers too", gray(Int32Array.of(-4, 0, 4), 3), [0, 128, 255]],
  ["NaN is black, infinities are the ends", gray(Float32Array.of(NaN, 3, -0, Infinity), 4), [0, 255, 0, 255]],
  ["all NaN is black", gray(Float32Array.of(NaN, NaN), 2), [0, 0]],
  ["a constant image out of range is black", gray(Float32Array.of(5, 5), 2), [0, 0]],
];

for (const [name, image, picture] of ranges) test(`toPicture: ${name}`, (t) => t.deepEqual(bytesOf(image), picture));

test("toPicture: labels have the colours of label2rgb", (t) => {
  const labels = gray(Int32Array.of(0, 1, 2, 30), 2);
  const picture = io.toPicture(labels);
  t.deepEqual([...picture.shape], [2, 2, 3]);
  t.deepEqual(
    [...picture.data],
    Array.from(color.label2rgb(labels).data, (share) => Math.round(share * 255)),
  );
});

test("toPicture: opacity is no sample of the range, and goes by the dtype", (t) => {
  const image = new Image(Float32Array.of(4, 1, 2, 0.5), { width: 2, height: 1, channels: 2 });
  t.deepEqual([...io.toPicture(image).data], [255, 255, 0, 128]);
  const deep = new Image(Uint16Array.of(65535, 0, 0, 65535), { width: 1, height: 1, channels: 4 });
  t.deepEqual([...io.toPicture(deep).data], [255, 0, 0, 255]);
});

test("toPicture: low contrast is told by some samples of many, wherever they are", (t) => {
  for (const channels of [1, 3]) {
    const samples = 1000 * 500 * channels;
    const image = new Image(
      Uint8Array.from({ length: samples }, (_, i) => 200 + (i % 3)),
      { width: 1000, height: 500, channels },
    );
    t.deepEqual([...io.toPicture(image).data.subarray(0, 3)], [0, 128, 255]);
    image.data.fill(0, 0, samples / 10);
    t.is(io.toPicture(image).data.at(-3), image.data.at(-3));
  }
});

test("toPicture: the image stays as it is, and the picture is another's memory", (t) => {
  const image = gray(Uint8Array.of(1, 200), 2);
  io.toPicture(image).data.fill(9);
  t.deepEqual([...image.data], [1, 200]);
});

const RED = [255, 0, 0];
const tall = new Image(Uint8Array.from([...RED, 0, 0, 255, 1, 2, 3]), { width: 1, height: 3, channels: 3 });

test("toTerminal: two pixels to a character, the last row of an odd number alone", (t) => {
  t.is(
    io.toTerminal(tall, { colorDepth: 24 }),
    "\u001B[38;2;255;0;0m\u001B[48;2;0;0;255m▀\u001B[0m\n\u001B[38;2;1;2;3m▀\u001B[0m",
  );
});

test("toTerminal: colours that stay are said once a line", (t) => {
  const image = new Image(
    Uint8Array.from({ length: 12 }, (_, i) => RED[i % 3]!),
    { width: 2, height: 2, channels: 3 },
  );
  t.is(io.toTerminal(image, { colorDepth: 24 }), "\u001B[38;2;255;0;0m\u001B[48;2;255;0;0m▀▀\u001B[0m");
});

/** The levels of xterm's colours 16 to 255. */
function xterm(index: number): number[] {
  if (index >= 232) return Array.from({ length: 3 }, () => 8 + 10 * (index - 232));
  const levels = [0, 95, 135, 175, 215, 255];
  const cube = index - 16;
  return [levels[Math.floor(cube / 36)]!, levels[Math.floor(cube / 6) % 6]!, levels[cube % 6]!];
}

test("toTerminal: of 256 colours the nearest", (t) => {
  const far = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
  const least = (colour: readonly number[]): number =>
    Math.min(...Array.from({ length: 240 }, (_, i) => far(colour, xterm(16 + i))));
  for (let i = 0; i < 500; i++) {
    const colour = [(i * 73) % 256, (i * i * 31) % 256, (i * 151) % 256];
    if (i < 60) colour.fill(i * 4);
    // Black and white beside it, so that contrast is not low.
    const pixels = Uint8Array.from([0, 0, 0, ...[255, 255, 255], ...colour]);
    const text = io.toTerminal(new Image(pixels, { width: 3, height: 1, channels: 3 }), { colorDepth: 8 });
    const index = text.split("38;5;").at(-1)!.split("m")[0];
    t.is(far(colour, xterm(Number(index))), least(colour), `${String(colour)}: ${index}`);
  }
});

test("toTerminal: without colours brighter characters, none at the ends of lines", (t) => {
  const image = gray(
    Float32Array.from({ length: 16 }, (_, i) => [0, 0.5, 1, 0][i % 4]!),
    4,
  );
  for (const colorDepth of [1, 4] as const) t.is(io.toTerminal(image, { colorDepth }), " +@\n +@");
});

test("toTerminal: made smaller to fit, never larger", (t) => {
  const image = new Image(new Uint8Array(300 * 100).fill(255), { width: 300, height: 100 });
  const sizeOf = (options: io.ToTerminalOptions): number[] => {
    const lines = io.toTerminal(image, { colorDepth: 1, ...options }).split("\n");
    return [lines[0]!.length, lines.length];
  };
  t.deepEqual(sizeOf({}), [80, 14]);
  t.deepEqual(sizeOf({ columns: 30 }), [30, 5]);
  t.deepEqual(sizeOf({ columns: 30, rows: 2 }), [12, 2]);
  t.deepEqual(sizeOf({ columns: 1, rows: 1 }), [1, 1]);
  t.deepEqual(sizeOf({ columns: 1000 }), [300, 50]);
});

test("toTerminal: opacity over white", (t) => {
  const clear = new Image(Uint8Array.of(0, 0, 99, 255), { width: 2, height: 1, channels: 2 });
  t.is(io.toTerminal(clear, { colorDepth: 24 }), "\u001B[38;2;255;255;255m▀\u001B[38;2;99;99;99m▀\u001B[0m");
});

const refused: [image: unknown, options: unknown, code: string, message: RegExp][] = [
  [3, {}, "ERR_IMAGE_DTYPE", /^io\.toTerminal: image is 3; expected an Image$/],
  [
    new Image(new Uint8Array(2), { width: 1, height: 1, channels: 2, alpha: false }),
    {},
    "ERR_IMAGE_SHAPE",
    /1 × 1 × 2/,
  ],
  [new Image(new Uint8Array(5), { width: 1, height: 1, channels: 5 }), {}, "ERR_IMAGE_SHAPE", /1 or 3 channels/],
  [tall, { columns: 0 }, "ERR_IMAGE_OPTION", /option columns is 0; expected a whole number of at least 1/],
  [tall, { rows: 1.5 }, "ERR_IMAGE_OPTION", /option rows is 1\.5/],
  [tall, { colorDepth: 16 }, "ERR_IMAGE_OPTION", /option colorDepth is 16; expected one of 1, 4, 8, 24/],
  [tall, { colours: 8 }, "ERR_IMAGE_OPTION", /no option "colours"; accepted: columns, rows, colorDepth/],
];

for (const [image, options, code, message] of refused) {
  test(`toTerminal: ${code} ${message.source}`, (t) => {
    const error = t.throws(() => io.toTerminal(image as Image, options as io.ToTerminalOptions), {
      instanceOf: ImageError,
      code,
    });
    t.regex(error!.message, message);
  });
}

test("toPicture takes all dtypes, and refuses under its own name", (t) => {
  const dtypes = [Uint8Array, Uint16Array, Int32Array, Float32Array, Float64Array].map(
    (Samples): DType => io.toPicture(gray(Samples.of(0, 1), 2)).dtype,
  );
  t.deepEqual(new Set(dtypes), new Set<DType>(["uint8"]));
  t.throws(() => io.toPicture({} as Image), { code: "ERR_IMAGE_DTYPE", message: /^io\.toPicture: / });
});
