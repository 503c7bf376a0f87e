import { readFileSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { crc32 } from "node:zlib";
import anyTest, { type TestFn } from "ava";
import { Image, ImageError, type ImageErrorCode, io, type Samples } from "../../src/image/index.ts";

const test = anyTest as TestFn<{ folder: string; path: (name: string) => string }>;

test.before(async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "tagswitch-io-"));
  t.context = { folder, path: (name) => join(folder, name) };
});

test.after.always(async (t) => {
  await rm(t.context.folder, { recursive: true, force: true });
});

const SIZES = [
  [1, 1],
  [1, 19],
  [17, 1],
  [7, 13],
] as const;

function patterned<S extends Samples>(data: S, step: number, height: number, width: number): Image<S> {
  for (let i = 0; i < data.length; i++) data[i] = i * step;
  return new Image(data, { width, height, channels: data.length / (width * height) });
}

/** The images that a format keeps to the last bit. */
function* losslessImages(extension: string): Generator<Image> {
  for (const [height, width] of SIZES) {
    for (const channels of extension === "png" ? [1, 2, 3, 4] : [1, 3, 4]) {
      const length = height * width * channels;
      if (extension !== "webp" || channels > 2) yield patterned(new Uint8Array(length), 37, height, width);
      if (extension === "webp") continue;
      yield patterned(new Uint16Array(length), 9973, height, width);
      if (extension !== "tif") continue;
      yield patterned(new Float32Array(length), -1 / 7, height, width);
      yield patterned(new Float64Array(length), 1e300 / 7, height, width);
      if (channels === 1) yield patterned(new Int32Array(length), -1e6, height, width);
    }
  }
}

for (const extension of ["png", "webp", "tif"]) {
  test(`${extension} keeps every sample`, async (t) => {
    for (const image of losslessImages(extension)) {
      const name = t.context.path(`${image.shape.join("x")}-${image.dtype}.${extension}`);
      io.imsave(name, image);
      t.deepEqual(io.imread(name), image, name);
      t.deepEqual(await io.imread.async(name), image, name);
      t.deepEqual(io.imread(pathToFileURL(name)), image, name);
      const content = readFileSync(name);
      await io.imsave.async(name, image);
      t.deepEqual(readFileSync(name), content);
      t.deepEqual(io.imread(content), image, name);
    }
  });
}

test("jpeg stays near, and nearer with more quality", (t) => {
  const image = new Image(
    Uint8Array.from({ length: 48 * 32 }, (_, i) => 128 + 100 * Math.sin(i / 9)),
    { width: 48, height: 32 },
  );
  const errors = [10, 95].map((quality) => {
    const name = t.context.path(`q${quality}.jpg`);
    io.imsave(name, image, { quality });
    const { data, shape } = io.imread(name);
    t.deepEqual(shape, [32, 48]);
    return Math.max(...data.map((sample, i) => Math.abs(sample - image.data[i]!)));
  });
  t.true(errors[1]! < 12 && errors[1]! < errors[0]!, errors.join());
});

test("floats become bytes as by img_as_ubyte, but for tiff", (t) => {
  for (const Samples of [Float32Array, Float64Array]) {
    const image = new Image(Samples.of(0, 0.5, 1, -1, 0.0019, 0.002, 1 + 1e-7), { width: 7, height: 1 });
    io.imsave(t.context.path("float.png"), image);
    t.deepEqual(io.imread(t.context.path("float.png")).data, Uint8Array.of(0, 128, 255, 0, 0, 1, 255));
  }
});

test("the format may be named, and the content says what it is", (t) => {
  const image = patterned(new Uint8Array(12), 20, 3, 4);
  io.imsave(t.context.path("image.dat"), image, { format: "png" });
  t.deepEqual(io.imread(t.context.path("image.dat")), image);
  io.imsave(t.context.path("SHOUT.PNG"), image);
  t.deepEqual(io.imread(t.context.path("SHOUT.PNG")), image);
});

test("the image may change while it is written", async (t) => {
  const image = patterned(new Uint8Array(300 * 200), 7, 200, 300);
  const before = image.data.slice();
  const written = io.imsave.async(t.context.path("changing.png"), image);
  image.data.fill(0);
  await written;
  t.deepEqual(io.imread(t.context.path("changing.png")).data, before);
});

test("with a signal, reading and writing go no further once it is aborted", async (t) => {
  const image = gray();
  const path = t.context.path("given-up.png");
  const fresh = (): AbortSignal => new AbortController().signal;
  const why = new Error("not wanted");
  t.is(await t.throwsAsync(io.imsave.async(path, image, { signal: AbortSignal.abort(why) })), why);
  for (const [when, start] of Object.entries({
    "while it is encoded": (signal: AbortSignal) => io.imsave.async(path, image, { signal }),
    "while it is read": (signal: AbortSignal) => io.imread.async(t.context.path("none.png"), { signal }),
    "while it is decoded": (signal: AbortSignal) => io.imread.async(new Uint8Array(9), { signal }),
  })) {
    const controller = new AbortController();
    const givenUp = start(controller.signal);
    controller.abort(why);
    t.is(await t.throwsAsync(givenUp), why, when);
  }
  t.is(statSync(path, { throwIfNoEntry: false }), undefined);
  await io.imsave.async(path, image, { signal: fresh(), format: "png" });
  t.deepEqual(await io.imread.async(path, { signal: fresh() }), image);
  t.deepEqual(await io.imread.async(path, wrong({ signal: undefined })), image);
  const expected = {
    instanceOf: ImageError,
    code: "ERR_IMAGE_OPTION",
    message: /signal is 5; expected an AbortSignal$/,
  };
  await t.throwsAsync(async () => io.imread.async(path, wrong({ signal: 5 })), expected);
  t.throws(() => io.imread(path, wrong({ signal: fresh() })), { message: /no option "signal"/ });
});

const FORMATS = ["png", "jpg", "webp", "tiff"];

for (const extension of FORMATS) {
  test(`${extension}: every truncation and much damage is an error or an image`, async (t) => {
    const name = t.context.path(`whole.${extension}`);
    io.imsave(name, patterned(new Uint8Array(9 * 11 * 3), 37, 9, 11));
    const whole = readFileSync(name);
    for (let end = 0; end < whole.length; end += 7) {
      const error = t.throws(() => io.imread(whole.subarray(0, end)), { instanceOf: ImageError });
      t.is(error?.code, "ERR_IMAGE_FORMAT", `${end} of ${whole.length}: ${error?.message}`);
      await t.throwsAsync(io.imread.async(whole.subarray(0, end)), { instanceOf: ImageError });
    }
    for (let at = 0; at < whole.length; at += 5) {
      const damaged = Uint8Array.from(whole);
      damaged[at]! ^= 0x5a;
      try {
        t.true(io.imread(damaged, { maxPixels: 1e6 }) instanceof Image);
      } catch (error) {
        t.regex((error as ImageError).code, /^ERR_IMAGE_(FORMAT|LIMIT)$/, String(error));
      }
    }
    t.is(io.imread(whole).shape.join(), "9,11,3");
  });
}

/** A PNG that promises a huge image in a few bytes. */
function bomb(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(data.length, 0);
    numbers.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([numbers.subarray(0, 4), body, numbers.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", Buffer.alloc(32)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

test("a header that promises too much is refused before memory is taken", async (t) => {
  for (const [width, height] of [
    [100_000, 100_000],
    [0x7fffffff, 0x7fffffff],
    [0x7fffffff, 1],
  ] as const) {
    const content = bomb(width, height);
    const expected = { instanceOf: ImageError, code: "ERR_IMAGE_LIMIT", message: /^image data: PNG too large: / };
    t.throws(() => io.imread(content), expected);
    await t.throwsAsync(io.imread.async(content), expected);
  }
  const name = t.context.path("small.png");
  io.imsave(name, patterned(new Uint8Array(20), 1, 4, 5));
  const error = t.throws(() => io.imread(name, { maxPixels: 19 }), { code: "ERR_IMAGE_LIMIT" });
  t.is(error?.message, `${name}: PNG too large: 4 × 5 is 20 pixels; at most 19 are allowed`);
  t.notThrows(() => io.imread(name, { maxPixels: 20 }));
});

const gray = (): Image => patterned(new Uint8Array(12), 20, 3, 4);
const wrong = (value: unknown): never => value as never;

function detached(): Image {
  const image = gray();
  structuredClone(image.data.buffer, { transfer: [image.data.buffer as ArrayBuffer] });
  return image;
}

// oxfmt-ignore
const refusedReads: [title: string, source: unknown, code: ImageErrorCode, message: RegExp][] = [
  ["a missing file", "/nowhere/photo.png", "ERR_IMAGE_FILE", /^\/nowhere\/photo\.png: it cannot be read: ENOENT/],
  ["a folder", tmpdir(), "ERR_IMAGE_FILE", /EISDIR/],
  ["no path", "", "ERR_IMAGE_FILE", /^io\.imread: file is ""; expected a path, a file: URL on this machine or a Uint8Array$/],
  ["a number", 7, "ERR_IMAGE_FILE", /file is 7;/],
  ["nothing", undefined, "ERR_IMAGE_FILE", /file is undefined;/],
  ["a page of the web", new URL("https://example.org/a.png"), "ERR_IMAGE_FILE", /file is https:\/\/example\.org\/a\.png;/],
  ["a file of another machine", new URL("file://host/x.png"), "ERR_IMAGE_FILE", /^io\.imread: file is file:\/\/host\/x\.png; expected a path, a file: URL on this machine/],
  ["a URL with a coded slash", new URL("file:///a%2fb.png"), "ERR_IMAGE_FILE", /file is file:\/\/\/a%2fb\.png; expected/],
  ["a path with a zero", "a\0b.png", "ERR_IMAGE_FILE", /it cannot be read: /],
  ["no content", new Uint8Array(0), "ERR_IMAGE_FORMAT", /^image data: it is empty; expected PNG, JPEG, WebP or TIFF$/],
  ["other content", new TextEncoder().encode("GIF89a, say"), "ERR_IMAGE_FORMAT", /^image data: unknown format: 11 bytes that begin with 47 49 46/],
  ["shared memory", new Uint8Array(new SharedArrayBuffer(9)), "ERR_IMAGE_BUFFER", /SharedArrayBuffer/],
];

for (const [title, source, code, message] of refusedReads) {
  test(`imread refuses ${title}`, async (t) => {
    t.throws(() => io.imread(wrong(source)), { instanceOf: ImageError, code, message });
    await t.throwsAsync(async () => io.imread.async(wrong(source)), { instanceOf: ImageError, code, message });
  });
}

test("imread has the options that it names, and no backend", async (t) => {
  const content = new Uint8Array(8);
  for (const options of [{ backend: "nope" }, { backend: undefined, pages: 1 }]) {
    const expected = { instanceOf: ImageError, code: "ERR_IMAGE_OPTION", message: /; accepted: maxPixels$/ };
    t.throws(() => io.imread(content, wrong(options)), expected);
    await t.throwsAsync(async () => io.imread.async(content, wrong(options)), expected);
  }
});

// oxfmt-ignore
const refusedWrites: [title: string, name: string, image: () => unknown, options: object | undefined, code: ImageErrorCode, message: RegExp][] = [
  ["labels as png", "a.png", () => patterned(new Int32Array(4), 1, 2, 2), undefined, "ERR_IMAGE_DTYPE", /a\.png: PNG cannot hold int32 samples; show labels with color\.label2rgb, or write TIFF/],
  ["16 bits as jpeg", "a.jpg", () => patterned(new Uint16Array(4), 1, 2, 2), undefined, "ERR_IMAGE_DTYPE", /JPEG cannot hold uint16 samples; convert to uint8 first, or write PNG or TIFF/],
  ["opacity as jpeg", "a.jpg", () => patterned(new Uint8Array(16), 1, 2, 2), undefined, "ERR_IMAGE_SHAPE", /JPEG cannot hold 4 channels; expected 1 or 3/],
  ["five channels", "a.png", () => patterned(new Uint8Array(20), 1, 2, 2), undefined, "ERR_IMAGE_SHAPE", /PNG cannot hold 5 channels; expected 1 to 4/],
  ["floats beyond 1", "a.png", () => patterned(new Float32Array(4), 1, 2, 2), undefined, "ERR_IMAGE_VALUE", /a\.png: image holds 2; expected samples from -1 to 1$/],
  ["NaN", "a.png", () => patterned(new Float64Array(4), Number.NaN, 2, 2), undefined, "ERR_IMAGE_VALUE", /image holds NaN/],
  ["an unknown extension", "a.gif", gray, undefined, "ERR_IMAGE_OPTION", /a\.gif ends in none of \.png, \.jpg, .*; name it so or pass the option format$/],
  ["an unknown format", "a.png", gray, { format: "gif" }, "ERR_IMAGE_OPTION", /format is "gif"; expected one of/],
  ["quality 0", "a.jpg", gray, { quality: 0 }, "ERR_IMAGE_OPTION", /quality is 0; expected a whole number from 1 to 100$/],
  ["a backend", "a.jpg", gray, { backend: "native" }, "ERR_IMAGE_OPTION", /^io\.imsave: there is no option "backend"; accepted: format, quality$/],
  ["an unknown option", "a.jpg", gray, { qualtiy: 9 }, "ERR_IMAGE_OPTION", /^io\.imsave: there is no option "qualtiy"; accepted: format, quality$/],
  ["what is no image", "a.png", () => ({ data: new Uint8Array(1), width: 1, height: 1 }), undefined, "ERR_IMAGE_DTYPE", /image is a plain object; expected an Image$/],
  ["an object of another class", "a.png", () => new Map(), undefined, "ERR_IMAGE_DTYPE", /image is an object of class Map; expected an Image$/],
  ["a detached image", "a.png", detached, undefined, "ERR_IMAGE_BUFFER", /detached/],
  ["a folder that is not there", "no/such/a.png", gray, undefined, "ERR_IMAGE_FILE", /a\.png: it cannot be written: ENOENT/],
];

for (const [title, name, image, options, code, message] of refusedWrites) {
  test(`imsave refuses ${title}`, async (t) => {
    const path = t.context.path(name);
    t.throws(() => io.imsave(path, wrong(image()), wrong(options)), { instanceOf: ImageError, code, message });
    const later = async () => io.imsave.async(path, wrong(image()), wrong(options));
    await t.throwsAsync(later, { instanceOf: ImageError, code, message });
    t.is(statSync(path, { throwIfNoEntry: false }), undefined);
  });
}

test("random bytes behind each signature are refused", (t) => {
  const signatures = [
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    [0xff, 0xd8, 0xff, 0xe0],
    [0x52, 0x49, 0x46, 0x46, 0x40, 0, 0, 0, 0x57, 0x45, 0x42, 0x50],
    [0x49, 0x49, 42, 0],
    [0x4d, 0x4d, 0, 42],
  ];
  let state = 1;
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  for (const signature of signatures) {
    for (let round = 0; round < 40; round++) {
      const content = Uint8Array.from({ length: 300 }, (_, i) => signature[i] ?? random());
      const error = t.throws(() => io.imread(content), { instanceOf: ImageError });
      t.regex(error?.code ?? "", /^ERR_IMAGE_(FORMAT|LIMIT)$/, error?.message ?? "");
    }
  }
});

test("fewer bits than 8 become 8", (t) => {
  // A 1 × 1 gray PNG of 2 bits, value 1, which come as 8.
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAgAAAABwzoP0AAAACklEQVR4nGNwAAAAQgBBKTf07wAAAABJRU5ErkJggg==",
    "base64",
  );
  writeFileSync(t.context.path("two-bits.png"), png);
  t.deepEqual(io.imread(t.context.path("two-bits.png")).data, Uint8Array.of(85));
});
