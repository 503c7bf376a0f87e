import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import test from "ava";
import { Image as Picture } from "image-js";
import ndarray from "ndarray";
import sharp from "sharp";
import { trace } from "../../src/index.ts";
import { backend, filters, Image, ImageError, interop, measure, util } from "../../src/image/index.ts";

const rgba = new Image(
  Uint8Array.from({ length: 24 }, (_, i) => 10 * i),
  { width: 3, height: 2, channels: 4 },
);

test("ImageData shares its memory with the image, both ways", (t) => {
  const data = new Uint8ClampedArray(new ArrayBuffer(40), 8, 24);
  data[5] = 77;
  const image = interop.fromImageData({ data, width: 3, height: 2 });
  t.deepEqual([image.shape, image.alpha, image.dtype, image.data[5]], [[2, 3, 4], true, "uint8", 77]);
  image.data[6] = 5;
  t.is(data[6], 5);
  const back = interop.toImageData(image);
  t.is(back.data.buffer, data.buffer);
  t.deepEqual([back.data.byteOffset, back.width, back.height, back.colorSpace], [8, 3, 2, "srgb"]);
});

test("to ImageData grey becomes three channels, what has no opacity opaque, and other dtypes 8 bits", (t) => {
  const pixels = (data: Uint8Array | Float32Array | Uint16Array, channels: number, alpha?: boolean) => {
    const geometry = { width: data.length / channels, height: 1, channels, ...(alpha !== undefined && { alpha }) };
    return [...interop.toImageData(new Image<Uint8Array | Float32Array | Uint16Array>(data, geometry)).data];
  };
  t.deepEqual(pixels(Uint8Array.of(7, 9), 1), [7, 7, 7, 255, 9, 9, 9, 255]);
  t.deepEqual(pixels(Uint8Array.of(7, 9), 2), [7, 7, 7, 9]);
  t.deepEqual(pixels(Uint8Array.of(1, 2, 3), 3), [1, 2, 3, 255]);
  t.deepEqual(pixels(Float32Array.of(0, 0.5, 1), 3), [0, 128, 255, 255]);
  t.deepEqual(pixels(Uint16Array.of(0, 0xffff), 1), [0, 0, 0, 255, 255, 255, 255, 255]);
  t.throws(() => pixels(Uint8Array.of(1, 2), 2, false), { instanceOf: ImageError, code: "ERR_IMAGE_SHAPE" });
  t.throws(() => pixels(Float32Array.of(2), 1), { instanceOf: ImageError, code: "ERR_IMAGE_VALUE" });
});

test("raw pixels of sharp share their memory with the image, and sharp reads an image's", async (t) => {
  const [data, options] = interop.toRaw(rgba);
  t.is(data, rgba.data);
  const raw = await sharp(data, options).raw().toBuffer({ resolveWithObject: true });
  const image = interop.fromRaw(raw);
  t.is(image.data.buffer, raw.data.buffer);
  t.deepEqual([image.shape, [...image.data]], [rgba.shape, [...rgba.data]]);
});

test("raw pixels of every depth of sharp are read", async (t) => {
  const dtypes = { ushort: "uint16", int: "int32", float: "float32", double: "float64" } as const;
  for (const [depth, dtype] of Object.entries(dtypes) as [keyof typeof dtypes, string][]) {
    const pixels = sharp(...interop.toRaw(rgba)).raw({ depth });
    const image = interop.fromRaw(await pixels.toBuffer({ resolveWithObject: true }), depth);
    t.deepEqual([image.dtype, [...image.data]], [dtype, [...rgba.data]], depth);
  }
  const odd = { data: new Uint8Array(new ArrayBuffer(9), 1, 8), info: { width: 1, height: 2, channels: 1 } };
  t.is(interop.fromRaw(odd, "float").dtype, "float32");
});

test("an ndarray without gaps shares its memory, any other is copied in order", (t) => {
  const data = Float32Array.from({ length: 24 }, (_, i) => i);
  const whole = ndarray(data, [2, 3, 4]);
  const image = interop.fromNdarray(whole);
  t.is(image.data.buffer, data.buffer);
  t.deepEqual(image.shape, [2, 3, 4]);
  const rows = interop.fromNdarray(whole.lo(1));
  t.deepEqual([rows.data.buffer === data.buffer, rows.shape, rows.data[0]], [true, [1, 3, 4], 12]);

  const turned = whole.transpose(1, 0, 2).step(1, -1, 1);
  const copied = interop.fromNdarray(turned);
  t.deepEqual(copied.shape, [3, 2, 4]);
  for (let y = 0; y < 3; y++) {
    for (let x = 0; x < 2; x++) {
      for (let k = 0; k < 4; k++) t.is(copied.data[(2 * y + x) * 4 + k], turned.get(y, x, k));
    }
  }
  // A Buffer's constructor is not that of its kind.
  const bytes = interop.fromNdarray(ndarray(Buffer.from([1, 2, 3, 4]), [2, 2]).transpose(1, 0));
  t.deepEqual([bytes.dtype, [...bytes.data]], ["uint8", [1, 3, 2, 4]]);
  const plain = interop.fromNdarray(ndarray([1, 2, 3, 4, 5, 6], [2, 3]));
  t.deepEqual([plain.dtype, plain.shape, [...plain.data]], ["float64", [2, 3], [1, 2, 3, 4, 5, 6]]);

  const [samples, shape] = interop.toNdarray(image);
  t.is(ndarray(samples, shape).get(1, 2, 3), 23);
});

test("npy files of NumPy are read: both byte orders, both orders of elements, booleans", (t) => {
  const header = (text: string, version = "\x01\0") => {
    const size = version === "\x01\0" ? [118, 0] : [116, 0, 0, 0];
    const head = `\x93NUMPY${version}${String.fromCharCode(...size)}${text}`;
    return Buffer.from(`${head.padEnd(127)}\n`, "latin1");
  };
  const read = (text: string, bytes: ArrayLike<number>, version?: string) => {
    const image = interop.fromNpy(Buffer.concat([header(text, version), Uint8Array.from(bytes)]));
    return [image.dtype, image.shape, [...image.data]];
  };
  // numpy.asfortranarray(numpy.arange(12, dtype="<f4").reshape(2, 3, 2) / 4)
  const fortran = [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11].map((value) => value / 4);
  const floats = new Uint8Array(Float32Array.from(fortran).buffer);
  const inOrder = Array.from({ length: 12 }, (_, i) => i / 4);
  const said = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3, 2), }";
  t.deepEqual(read(said, floats), ["float32", [2, 3, 2], inOrder]);
  const big = "{'descr': '>u2', 'fortran_order': False, 'shape': (2, 3), }";
  t.deepEqual(read(big, [0, 1, 0, 2, 0, 3, 1, 0, 255, 255, 0, 7]), ["uint16", [2, 3], [1, 2, 3, 256, 65535, 7]]);
  const booleans = "{'descr': '|b1', 'fortran_order': False, 'shape': (2, 2), }";
  t.deepEqual(read(booleans, [1, 0, 0, 1], "\x02\0"), ["uint8", [2, 2], [1, 0, 0, 1]]);
});

test("a recorded file of NumPy comes back byte for byte, and shares its memory with the image", (t) => {
  for (const name of ["astronaut-float32", "astronaut-int32", "astronaut-float64"]) {
    const url = new URL(`golden/inputs/${name}.npy.gz`, import.meta.url);
    const file = new Uint8Array(gunzipSync(readFileSync(url)));
    const image = interop.fromNpy(file);
    t.is(image.data.buffer, file.buffer);
    t.true(Buffer.from(file).equals(interop.toNpy(image)), name);
  }
});

test("what is no npy file, or not a whole one, is refused", (t) => {
  const file = interop.toNpy(new Image(new Float64Array(6), { width: 3, height: 2 }));
  const altered = (from: string, to: string) =>
    Buffer.from(Buffer.from(file).toString("latin1").replace(from, to), "latin1");
  const wrong: [Uint8Array, string, RegExp][] = [
    [new Uint8Array(0), "FORMAT", /does not begin with/],
    [file.subarray(0, 7), "FORMAT", /ends within its header/],
    [file.subarray(0, 60), "FORMAT", /ends within its header/],
    [file.subarray(0, file.length - 1), "FORMAT", /47 bytes follow the header; shape and dtype need 48/],
    [altered("'shape'", "'shade'"), "FORMAT", /no shape/],
    [altered("'descr': '<f8'", "'descr': [('a')"), "FORMAT", /no dtype of one kind/],
    [altered("<f8", "<c8"), "DTYPE", /dtype is "<c8"; expected bool, uint8/],
    [altered("(2, 3)", "(6,)  "), "SHAPE", /shape is \(6\); expected \(height, width\)/],
    [altered("(2, 3)", "(0, 3)"), "FORMAT", /shape and dtype need 0/],
    [altered("(2, 3)", "(99999999999999999999, 3)".slice(0, 24)), "FORMAT", /./],
    [altered("\x01\0", "\x09\0"), "FORMAT", /version 9; expected 1, 2 or 3/],
  ];
  for (const [bytes, code, message] of wrong) {
    t.throws(() => interop.fromNpy(bytes), { instanceOf: ImageError, code: `ERR_IMAGE_${code}`, message });
  }
});

test("bad input from elsewhere is a typed error", (t) => {
  const never = (value: unknown): never => value as never;
  const geometry = { width: 1, height: 1, channels: 1 };
  const bad: [() => unknown, string][] = [
    [() => interop.fromImageData(never({ data: new Uint8Array(4), width: 1, height: 1 })), "DTYPE"],
    [() => interop.fromImageData(never(null)), "DTYPE"],
    [() => interop.fromImageData({ data: new Uint8ClampedArray(4), width: 2, height: 1 }), "BUFFER"],
    [() => interop.fromRaw({ data: new Uint8Array(1), info: geometry }, never("half")), "OPTION"],
    [() => interop.fromRaw({ data: new Uint8Array(3), info: geometry }, "ushort"), "BUFFER"],
    [() => interop.fromRaw({ data: never([1]), info: geometry }), "DTYPE"],
    [() => interop.toImageData(new Image(new Int32Array(1), geometry)), "DTYPE"],
    [() => interop.toRaw(new Image(new Uint8Array(5), { ...geometry, channels: 5 })), "SHAPE"],
    [() => interop.fromNdarray(ndarray(new Uint8Array(4), [4])), "SHAPE"],
    [() => interop.fromNdarray(ndarray(new Int8Array(4), [2, 2])), "DTYPE"],
    [() => interop.fromNdarray({ data: new Uint8Array(4), shape: [2, 2], stride: [3, 2], offset: 0 }), "BUFFER"],
    [() => interop.fromNdarray({ data: new Uint8Array(4), shape: [1e9, 1e9], stride: [1, 0], offset: 0 }), "BUFFER"],
    [() => interop.fromRaw(never(undefined)), "DTYPE"],
    [() => interop.fromRaw(never({ data: new Uint8Array(1) })), "DTYPE"],
    [() => interop.fromNdarray(never(null)), "DTYPE"],
    [() => interop.fromNdarray(never({ shape: [1, 1], stride: [1, 1], offset: 0 })), "DTYPE"],
    [() => interop.toRaw(never({ data: new Uint8Array(1), width: 1, height: 1 })), "DTYPE"],
    [() => interop.toImageData(never(undefined)), "DTYPE"],
    [() => interop.toNdarray(never(undefined)), "DTYPE"],
    [() => interop.toNpy(never(null)), "DTYPE"],
    [() => interop.registerImageJs(never({})), "OPTION"],
  ];
  for (const [call, code] of bad) t.throws(call, { instanceOf: ImageError, code: `ERR_IMAGE_${code}` }, String(call));
});

test("by dispatch an image-js image in gives one out", (t) => {
  interop.registerImageJs(Picture);
  const picture = new Picture(4, 3, { colorModel: "GREY", data: Uint8Array.from({ length: 12 }, (_, i) => 20 * i) });
  const image = new Image(picture.getRawImage().data as Uint8Array, picture);

  const { calls, result: inverted } = trace(() => backend("native", () => util.invert(picture as never) as unknown));
  t.true(inverted instanceof Picture);
  t.deepEqual([...(inverted as Picture).getRawImage().data], [...util.invert(image).data]);
  t.is(calls[0]?.backend, "native");

  // Intensities become 16 bits.
  const blurred = backend("native", () => filters.gaussian(picture as never)) as unknown as Picture;
  t.is(blurred.bitDepth, 16);
  t.deepEqual([...blurred.getRawImage().data], [...util.imgAsUint(filters.gaussian(image)).data]);
  const labels = backend("native", () => measure.label(picture as never)) as unknown as Picture;
  t.deepEqual([...labels.getRawImage().data], [...measure.label(image).data]);
  const far = new Picture(1, 1, { colorModel: "GREY", bitDepth: 16, data: Uint16Array.of(7) });
  const signed = backend("native", () => filters.laplace(far as never)) as unknown as Picture;
  t.deepEqual([...signed.getRawImage().data], [0]);
  t.is(
    backend("native", () => filters.thresholdOtsu(picture as never)),
    filters.thresholdOtsu(image),
  );
});
