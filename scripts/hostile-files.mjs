// Makes the corpus of hostile image files in __test__/image/hostile: damaged, truncated, lying about their sizes. Each is a small
// valid file with one thing wrong, which its name says. A second run writes the same bytes.
//
// node scripts/hostile-files.mjs (after npm run setup)
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { Image, io } from "../dist/image/index.js";
import { at } from "./setup/project.mjs";

const folder = at("__test__/image/hostile");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);

const write = (name, ...parts) =>
  writeFileSync(join(folder, name), Buffer.concat(parts.map((part) => Buffer.from(part))));
const be32 = (value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const le32 = (value) => be32(value).toReversed();
const le16 = (value) => [value & 255, value >>> 8];

/** A file that `io.imsave` writes. */
function saved(extension, channels) {
  const file = join(tmpdir(), `tagswitch-hostile.${extension}`);
  const data = Uint8Array.from({ length: 16 * 12 * channels }, (_, i) => (i * 37) % 251);
  io.imsave(file, new Image(data, { width: 16, height: 12, channels }));
  const content = readFileSync(file);
  rmSync(file);
  return content;
}

/** A copy with bytes replaced from a place on. */
function patched(content, place, bytes) {
  const copy = Buffer.from(content);
  copy.set(bytes, place);
  return copy;
}

pngs();
jpegs();
webps();
tiffs();

function pngs() {
  const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const chunk = (type, data = [], crc) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), Buffer.from(data)]);
    return Buffer.concat([Buffer.from(be32(body.length - 4)), body, Buffer.from(be32(crc ?? crc32(body)))]);
  };
  const header = ({ width = 2, height = 2, depth = 8, color = 0, compression = 0, filter = 0, interlace = 0 } = {}) =>
    chunk("IHDR", [...be32(width), ...be32(height), depth, color, compression, filter, interlace]);
  const rows = deflateSync(Buffer.from([0, 1, 2, 0, 3, 4]));
  const data = chunk("IDAT", rows);
  const end = chunk("IEND");
  const png = (name, ...chunks) => write(`png-${name}.png`, SIGNATURE, ...chunks);

  png("nothing-but-the-signature");
  png("no-header", data, end);
  png("no-data", header(), end);
  png("no-end-of-data", header(), chunk("IDAT", rows.subarray(0, 6)), end);
  png("width-of-zero", header({ width: 0 }), data, end);
  png("height-of-zero", header({ height: 0 }), data, end);
  png("width-beyond-31-bits", header({ width: 0x80000000 }), data, end);
  png("size-beyond-memory", header({ width: 0x7fffffff, height: 0x7fffffff, depth: 16, color: 6 }), data, end);
  png("row-beyond-memory", header({ width: 0x7fffffff, height: 1, depth: 16, color: 6 }), data, end);
  png("depth-of-3", header({ depth: 3 }), data, end);
  png("depth-of-16-with-a-palette", header({ depth: 16, color: 3 }), data, end);
  png("unknown-color-type", header({ color: 5 }), data, end);
  png("unknown-compression", header({ compression: 1 }), data, end);
  png("unknown-filter-method", header({ filter: 1 }), data, end);
  png("unknown-interlace", header({ interlace: 7 }), data, end);
  png("unknown-row-filter", header(), chunk("IDAT", deflateSync(Buffer.from([9, 1, 2, 9, 3, 4]))), end);
  png("no-palette", header({ color: 3 }), data, end);
  png("palette-of-4-bytes", header({ color: 3 }), chunk("PLTE", [1, 2, 3, 4]), data, end);
  png("header-of-3-bytes", chunk("IHDR", [0, 0, 0]), data, end);
  png("header-that-ends-early", header().subarray(0, 20));
  png("chunk-of-4-gigabytes", header(), Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.from("IDAT"), rows);
  png("wrong-checksum-of-the-header", chunk("IHDR", [...be32(2), ...be32(2), 8, 0, 0, 0, 0], 1), data, end);
  png("no-deflate", header(), chunk("IDAT", [1, 2, 3, 4, 5, 6, 7, 8]), end);
  png("too-few-rows", header({ height: 200 }), data, end);
  png("bomb", header({ width: 100_000, height: 100_000 }), chunk("IDAT", deflateSync(Buffer.alloc(1 << 20))), end);
  png("second-header", header(), header({ width: 4000, height: 4000 }), data, end);
  png(
    "palette-of-opacity-beyond-it",
    header({ color: 3 }),
    chunk("PLTE", [1, 2, 3]),
    chunk("tRNS", Buffer.alloc(300)),
    data,
    end,
  );
}

function jpegs() {
  const content = saved("jpg", 3);
  const frame = content.indexOf(Buffer.from([0xff, 0xc0]));
  const scan = content.indexOf(Buffer.from([0xff, 0xda]));
  const tables = content.indexOf(Buffer.from([0xff, 0xc4]));
  const jpeg = (name, ...parts) => write(`jpeg-${name}.jpg`, ...parts);
  /** Without the segments of a marker. */
  const without = (marker) => {
    const parts = [content.subarray(0, 2)];
    for (let place = 2, next; place < scan; place = next) {
      next = place + 2 + content.readUInt16BE(place + 2);
      if (content[place + 1] !== marker) parts.push(content.subarray(place, next));
    }
    return Buffer.concat([...parts, content.subarray(scan)]);
  };

  jpeg("nothing-but-the-signature", content.subarray(0, 3));
  jpeg("no-frame", content.subarray(0, frame), content.subarray(scan));
  jpeg("no-scan", content.subarray(0, scan));
  jpeg("no-huffman-tables", without(0xc4));
  jpeg("no-quantization", without(0xdb));
  jpeg("width-of-zero", patched(content, frame + 7, [0, 0]));
  jpeg("size-of-65535", patched(content, frame + 5, [0xff, 0xff, 0xff, 0xff]));
  jpeg("depth-of-7", patched(content, frame + 4, [7]));
  jpeg("255-components", patched(content, frame + 9, [255]));
  jpeg("sampling-of-zero", patched(content, frame + 11, [0]));
  jpeg("sampling-of-15", patched(content, frame + 11, [0xff]));
  jpeg("missing-quantization-table", patched(content, frame + 12, [3]));
  jpeg("segment-beyond-the-file", patched(content, frame + 2, [0xff, 0xff]));
  jpeg("segment-of-zero", patched(content, frame + 2, [0, 0]));
  jpeg("huffman-table-too-full", patched(content, tables + 5, Buffer.alloc(16, 255)));
  jpeg("arithmetic-coding", patched(content, frame + 1, [0xc9]));
  jpeg("lossless", patched(content, frame + 1, [0xc3]));
  jpeg("second-frame", content.subarray(0, scan), content.subarray(frame));
  jpeg("scan-of-other-components", patched(content, scan + 5, [9]));
}

function webps() {
  const content = saved("webp", 4);
  const webp = (name, ...parts) => write(`webp-${name}.webp`, ...parts);
  const extended = (width, height, flags, ...chunks) => {
    const sides = [width - 1, height - 1].flatMap((side) => le32(side).slice(0, 3));
    const body = Buffer.concat([
      Buffer.from("WEBPVP8X"),
      Buffer.from([...le32(10), flags, 0, 0, 0, ...sides]),
      ...chunks,
    ]);
    return Buffer.concat([Buffer.from("RIFF"), Buffer.from(le32(body.length)), body]);
  };
  const chunks = content.subarray(12);

  webp("nothing-but-the-signature", content.subarray(0, 12));
  webp("no-content", content.subarray(0, 20));
  webp("half", content.subarray(0, content.length >> 1));
  webp("length-of-4-gigabytes", patched(content, 4, [0xff, 0xff, 0xff, 0xff]));
  webp("chunk-of-4-gigabytes", patched(content, 16, [0xff, 0xff, 0xff, 0xff]));
  webp("unknown-chunk", patched(content, 12, Buffer.from("ABCD")));
  webp("wrong-signature-of-the-stream", patched(content, 20, [0]));
  webp("unknown-version", patched(content, 24, [content[24] | 0xe0]));
  webp("noise", patched(content, 25, Buffer.from(Array.from({ length: 40 }, (_, i) => (i * 89 + 7) & 255))));
  webp("canvas-of-another-size", extended(9, 9, 0x10, chunks));
  webp("canvas-beyond-memory", extended(0x1000000, 0x1000000, 0x10, chunks));
  webp("canvas-without-an-image", extended(16, 12, 0x10));
  webp("animation-without-frames", extended(16, 12, 0x02));
  webp("lossy-that-is-lossless", patched(content, 12, Buffer.from("VP8 ")));
}

function tiffs() {
  /** A file of one directory; an entry is [tag, type, count, value]. */
  const tiff = (name, entries, { next = 0, data = [1, 2, 3, 4], directory = 8 } = {}) => {
    const fields = entries.flatMap(([tag, type, count, value]) => [
      ...le16(tag),
      ...le16(type),
      ...le32(count),
      ...le32(value),
    ]);
    const header = [0x49, 0x49, ...le16(42), ...le32(directory)];
    write(`tiff-${name}.tif`, header, le16(entries.length), fields, le32(next), data);
  };
  const [SHORT, LONG] = [3, 4];
  const gray = (changes = {}) => {
    const fields = { 256: 2, 257: 2, 258: 8, 259: 1, 262: 1, 277: 1, 278: 2, 279: 4, ...changes };
    const place = 8 + 2 + 12 * (Object.keys(fields).length + ("273" in fields ? 0 : 1)) + 4;
    return Object.entries({ 273: place, ...fields }) // by number, as they must be
      .filter(([, value]) => value !== null)
      .map(([tag, value]) => (Array.isArray(value) ? [Number(tag), ...value] : [Number(tag), LONG, 1, value]));
  };

  write("tiff-nothing-but-the-signature.tif", [0x49, 0x49, 42, 0]);
  tiff("directory-beyond-the-file", gray(), { directory: 0x7fffffff });
  tiff("directory-in-the-header", gray(), { directory: 0 });
  tiff("directory-that-is-its-own-next", gray(), { next: 8 });
  tiff("no-entries", []);
  tiff("no-width", gray({ 256: null }));
  tiff("width-of-zero", gray({ 256: 0 }));
  tiff("size-beyond-memory", gray({ 256: 0xffffffff, 257: 0xffffffff, 278: 0xffffffff }));
  tiff("row-beyond-memory", gray({ 256: 0x7fffffff, 257: 1 }));
  tiff("strip-beyond-the-file", gray({ 273: 0x7fffff00 }));
  tiff("strip-of-4-gigabytes", gray({ 279: 0xffffffff }));
  tiff("strip-of-zero-bytes", gray({ 279: 0 }));
  tiff("no-strips", gray({ 273: null }));
  tiff("depth-of-zero", gray({ 258: 0 }));
  tiff("depth-of-7", gray({ 258: 7 }));
  tiff("depth-of-65535", gray({ 258: 65535 }));
  tiff("65535-samples", gray({ 277: 65535 }));
  tiff("samples-of-zero", gray({ 277: 0 }));
  tiff("rows-per-strip-of-zero", gray({ 278: 0 }));
  tiff("unknown-compression", gray({ 259: 60000 }));
  tiff("lzw-of-nonsense", gray({ 259: 5 }), { data: [255, 255, 255, 255] });
  tiff("deflate-of-nonsense", gray({ 259: 8 }));
  tiff("packbits-that-ends-early", gray({ 259: 32773 }), { data: [127, 1, 2, 3] });
  tiff("jpeg-of-nonsense", gray({ 259: 7, 262: 6 }));
  tiff("unknown-photometric", gray({ 262: 999 }));
  tiff("palette-without-one", gray({ 262: 3 }));
  tiff("tile-of-zero", gray({ 322: 0, 323: 0, 324: 8, 325: 4, 273: null, 278: null, 279: null }));
  tiff(
    "tile-beyond-memory",
    gray({ 322: 0x7ffffff0, 323: 0x7ffffff0, 324: 8, 325: 4, 273: null, 278: null, 279: null }),
  );
  tiff("width-of-text", gray({ 256: [2, 4, 0x41414141] }));
  tiff("a-billion-strips", gray({ 273: [LONG, 1_000_000_000, 8], 279: [LONG, 1_000_000_000, 8], 278: 1 }));
  tiff("float-of-8-bits", gray({ 339: [SHORT, 1, 3] }));
  tiff("predictor-of-floats-on-bytes", gray({ 317: 3 }));
  // BigTIFF with offsets that wrap around.
  write("tiff-big-with-offset-beyond-64-bits.tif", [
    0x49,
    0x49,
    ...le16(43),
    ...le16(8),
    0,
    0,
    255,
    255,
    255,
    255,
    255,
    255,
    255,
    255,
  ]);
}
