import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import test from "ava";
import { ImageError, io, type Samples } from "../../src/image/index.ts";
import { TYPESCRIPT } from "../typescript.ts";

/** The kinds of values in a TIFF directory. */
const [ASCII, SHORT, LONG] = [2, 3, 4];

interface Tiff {
  bits: number;
  /** 1 unsigned, 2 signed, 3 float. */
  sampleFormat?: number;
  /** 0: white is zero; 1: black is. */
  photometric: number;
  littleEndian?: boolean;
  /** More entries of the directory: tag, kind, count, value. */
  more?: readonly (readonly [tag: number, kind: number, count: number, value: number])[];
}

/** An uncompressed TIFF of one row, by the letter of the specification. */
function tiff(samples: Samples, width: number, options: Tiff): Uint8Array {
  const { bits, sampleFormat = 1, photometric, littleEndian = true, more = [] } = options;
  const pixels = Buffer.from(samples.buffer as ArrayBuffer, samples.byteOffset, samples.byteLength);
  if (!littleEndian && bits === 16) pixels.swap16();
  const entries: (readonly [tag: number, kind: number, count: number, value: number])[] = [
    [256, LONG, 1, width],
    [257, LONG, 1, 1],
    [258, SHORT, 1, bits],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, photometric],
    [273, LONG, 1, 8],
    [277, SHORT, 1, 1],
    [278, LONG, 1, 1],
    [279, LONG, 1, pixels.length],
    [339, SHORT, 1, sampleFormat],
  ];
  for (const entry of more) {
    const at = entries.findIndex(([tag]) => tag === entry[0]);
    if (at < 0) entries.push(entry);
    else entries[at] = entry;
  }
  const start = 8 + pixels.length + (pixels.length % 2);
  const file = new DataView(new ArrayBuffer(start + 2 + 12 * entries.length + 4));
  file.setUint16(0, littleEndian ? 0x4949 : 0x4d4d);
  file.setUint16(2, 42, littleEndian);
  file.setUint32(4, start, littleEndian);
  new Uint8Array(file.buffer).set(pixels, 8);
  file.setUint16(start, entries.length, littleEndian);
  entries.forEach(([tag, kind, count, value], i) => {
    const at = start + 2 + 12 * i;
    file.setUint16(at, tag, littleEndian);
    file.setUint16(at + 2, kind, littleEndian);
    file.setUint32(at + 4, count, littleEndian);
    if (kind === SHORT) file.setUint16(at + 8, value, littleEndian);
    else file.setUint32(at + 8, value, littleEndian);
  });
  return new Uint8Array(file.buffer);
}

// oxfmt-ignore
const stored: [title: string, samples: () => Samples, bits: number, sampleFormat: number][] = [
  ["8 bits", () => Uint8Array.of(0, 7, 255), 8, 1],
  ["16 bits", () => Uint16Array.of(0, 7, 65535), 16, 1],
  ["32 bits, signed", () => Int32Array.of(-5, 0, 7), 32, 2],
  ["32-bit floats", () => Float32Array.of(-5, 1e-20, 0.1), 32, 3],
  ["64-bit floats", () => Float64Array.of(-5, 1e-200, 0.1), 64, 3],
];

for (const [title, samples, bits, sampleFormat] of stored) {
  test(`samples come as stored, whether white is zero or black is: ${title}`, (t) => {
    // As scikit-image's imread: what white is, is the reader's affair.
    for (const photometric of [0, 1]) {
      const { data } = io.imread(tiff(samples(), 3, { bits, sampleFormat, photometric }));
      t.deepEqual(data, samples(), `photometric ${photometric}`);
    }
  });
}

test("white is zero in a big-endian file", (t) => {
  const file = tiff(Uint16Array.of(0, 7, 65535), 3, { bits: 16, photometric: 0, littleEndian: false });
  t.deepEqual(io.imread(file).data, Uint16Array.of(0, 7, 65535));
});

test("single bits come as stored", (t) => {
  for (const photometric of [0, 1]) {
    const { data } = io.imread(tiff(Uint8Array.of(0b10100000), 3, { bits: 1, photometric }));
    t.deepEqual(data, Uint8Array.of(255, 0, 255));
  }
});

test("the file in memory is not written to", (t) => {
  const file = tiff(Uint8Array.of(1, 2, 3), 3, { bits: 8, photometric: 0 });
  const before = file.slice();
  io.imread(file);
  t.deepEqual(file, before);
});

test("text longer than the file is refused, and nothing is printed", (t) => {
  const long = [262, ASCII, 0xffffffff, 8] as const;
  const file = tiff(Uint8Array.of(1, 2, 3), 3, { bits: 8, photometric: 1, more: [long] });
  t.throws(() => io.imread(file), {
    instanceOf: ImageError,
    code: "ERR_IMAGE_FORMAT",
    message: /bad TIFF: tag 262 is a text of 4294967295 bytes; the file has \d+$/,
  });
  const script = `
    const { io } = await import(${JSON.stringify(pathToFileURL(resolve("src/image/index.ts")).href)});
    try { io.imread(Buffer.from("${Buffer.from(file).toString("hex")}", "hex")); }
    catch (error) { console.log(error.code); }`;
  const { stdout, stderr } = spawnSync(process.execPath, [TYPESCRIPT, "--input-type=module", "-e", script], {
    encoding: "utf8",
  });
  t.is(stdout, "ERR_IMAGE_FORMAT\n", stderr);
  t.is(stderr, "");
});
