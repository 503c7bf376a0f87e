// The option `out`: results in memory that the caller has, the same bit by bit, whoever computes them.
import test from "ava";
import { getImplementation } from "../../src/index.ts";
import {
  backend,
  feature,
  filters,
  GpuImage,
  Image,
  ImageError,
  type ImageErrorCode,
  segmentation,
  util,
} from "../../src/image/index.ts";
import { type DType, SAMPLE_ARRAYS, type Samples, zeros } from "../../src/image/image.ts";
import { copyOfArgument, imagesOf, sizesOf } from "../../src/image/suite/copy.ts";
import { type Run, runOn, OPERATIONS } from "./conformance.ts";
import { gpuAvailable } from "./gpu-available.ts";
import { another, argumentsOf, bytesOf, casesOf, formsOf, imagesIn, inForm, taking, WITHOUT } from "./out-cases.ts";
import { gray, sparse, wrong } from "./refused/inputs.ts";

async function problemsOf(run: Run, operation: string, count: number): Promise<string[]> {
  const problems: string[] = [];
  for (const generated of casesOf(operation)) {
    for (const inputs of argumentsOf(generated, count)) {
      const { name, options } = generated;
      const expected = await run(operation, [...inputs, options]);
      const out = inForm(expected, another);
      const given = inputs.map((input) => copyOfArgument(input as never));
      const result = await run(operation, [...given, { ...options, out }]);
      const say = (what: string): unknown => problems.push(`${name}, ${sizesOf(inputs)}: ${what}`);
      if (result !== out) say("another image");
      if (!bytesOf(out).equals(bytesOf(expected))) say("other samples");
      for (const [i, image] of imagesOf(given).entries()) {
        if (!bytesOf(image).equals(bytesOf(imagesOf(inputs)[i]!))) say(`image ${i} was changed`);
      }
    }
  }
  return problems;
}

for (const operation of taking("default")) {
  test(`default: ${operation} gives out`, async (t) => {
    t.deepEqual(await problemsOf(runOn("default"), operation, 2), []);
  });
}
for (const operation of taking("native")) {
  test(`native: ${operation} writes into out itself`, async (t) => {
    const itself = getImplementation(OPERATIONS[operation]!, "native")!;
    // Without the dispatcher, which would do it for whoever does not.
    t.deepEqual(await problemsOf((_operation, args) => itself(...args), operation, 5), []);
  });
}

/** Images that a result does not fit, of other geometries and another dtype. */
function misfits({ dtype, width, height, channels, alpha }: Image): (readonly [code: ImageErrorCode, image: Image])[] {
  const geometry = { width, height, channels, alpha };
  return [
    ["ERR_IMAGE_SHAPE", zeros(dtype, { ...geometry, width: width + 1 })],
    ["ERR_IMAGE_SHAPE", zeros(dtype, { ...geometry, height: height + 1 })],
    ["ERR_IMAGE_SHAPE", zeros(dtype, { width, height, channels: channels + 1, alpha })],
    ["ERR_IMAGE_SHAPE", zeros(dtype, { ...geometry, alpha: !alpha })],
    ["ERR_IMAGE_DTYPE", zeros(dtype === "uint16" ? "uint8" : "uint16", geometry)],
  ];
}

const over = (dtype: DType, memory: ArrayBuffer, at: number, length: number): Samples =>
  new SAMPLE_ARRAYS[dtype](memory, at, length);

for (const name of ["default", "native"]) {
  test(`${name}: an out that does not fit is refused, and left as it was`, (t) => {
    for (const generated of taking(name).flatMap(formsOf)) {
      const { operation, options } = generated;
      const inputs = argumentsOf(generated, 2).at(-1)!;
      const result = runOn(name)(operation, [...inputs, options]);
      for (const [place, image] of imagesIn(result)) {
        for (const [code, misfit] of misfits(image)) {
          const out = inForm(result, (each, at) => (at === place ? misfit : another(each)));
          for (const [, { data }] of imagesIn(out)) data.fill(7);
          const error = t.throws(() => runOn(name)(operation, [...inputs, { ...options, out }]));
          t.is((error as ImageError).code, code, operation);
          t.true(error.message.startsWith(`${operation}: option out${place} `), error.message);
          t.regex(error.message, /; expected .*, as the result$/);
          t.true(imagesIn(out).every(([, { data }]) => data.every((sample) => sample === 7)));
        }
      }
    }
  });

  test(`${name}: an out of another form than the result is refused, and left as it was`, (t) => {
    for (const generated of taking(name).flatMap(formsOf)) {
      const { operation, options } = generated;
      const inputs = argumentsOf(generated, 2).at(-1)!;
      const result = runOn(name)(operation, [...inputs, options]);
      const images = imagesIn(result).map(([, image]) => image);
      const [first] = images as [Image];
      const others = [
        ...[first, [first], { first }, [...images, first], images.slice(1), [...images], { 0: first, 1: first }],
        ...(result instanceof Image ? [] : [{ ...(result as object), extra: first }]),
      ];
      const places = (of: unknown): string =>
        imagesIn(of)
          .map(([place]) => place)
          .join();
      for (const other of others.filter((each) => places(each) !== places(result) && imagesIn(each).length > 0)) {
        const out = inForm(other, another);
        const before = bytesOf(out);
        const error = t.throws(() => runOn(name)(operation, [...inputs, { ...options, out }]));
        t.is((error as ImageError).code, "ERR_IMAGE_OPTION", operation);
        t.regex(
          error.message,
          /: option out is .*; expected (an Image|a list of \d Images|Images as \{ .* \}), as the result$/,
        );
        t.true(bytesOf(out).equals(before));
      }
    }
  });

  test(`${name}: an out in the memory of an image that is read is refused`, (t) => {
    for (const generated of taking(name).flatMap(formsOf)) {
      const { operation, options } = generated;
      const inputs = argumentsOf(generated, 2).at(-1)!;
      const result = runOn(name)(operation, [...inputs, options]);
      for (const image of imagesOf(inputs)) {
        for (const [place, { data, dtype, ...geometry }] of imagesIn(result)) {
          const memory = new ArrayBuffer(8 + image.data.byteLength + data.byteLength);
          const copy = new Image(over(image.dtype, memory, 0, image.data.length), image);
          copy.data.set(image.data);
          const put = (input: unknown): unknown =>
            input === image ? copy : Array.isArray(input) ? input.map(put) : input;
          const before = Buffer.from(memory.slice(0));
          const call = (at: number): readonly unknown[] => {
            const one = new Image(over(dtype, memory, at, data.length), geometry);
            const out = inForm(result, (each, of) => (of === place ? one : another(each)));
            return [runOn(name)(operation, [...inputs.map(put), { ...options, out }]), out];
          };
          const error = t.throws(() => call(0));
          t.is((error as ImageError).code, "ERR_IMAGE_BUFFER", `${operation}: ${error.message}`);
          const expected = "lies in the memory of an image that is read; expected one over memory of its own";
          t.is(error.message, `${operation}: option out${place} ${expected}`);
          t.true(Buffer.from(memory).equals(before));
          // Beside it in one buffer is well.
          const [given, out] = call(8 * Math.ceil(image.data.byteLength / 8));
          t.is(given, out);
        }
      }
    }
  });

  test(`${name}: images of an out that share memory are refused`, (t) => {
    for (const generated of taking(name).flatMap(formsOf)) {
      const { operation, options } = generated;
      const inputs = argumentsOf(generated, 2).at(-1)!;
      const result = runOn(name)(operation, [...inputs, options]);
      const images = imagesIn(result);
      for (const [i, [place, { data, dtype, ...geometry }]] of images.entries()) {
        for (const [before, other] of images.slice(0, i)) {
          const memory = new ArrayBuffer(8 + other.data.byteLength + data.byteLength);
          const first = new Image(over(other.dtype, memory, 0, other.data.length), other);
          const end = 8 * Math.ceil(other.data.byteLength / 8);
          const call = (at: number): readonly unknown[] => {
            const second = new Image(over(dtype, memory, at, data.length), geometry);
            const put = new Map([
              [before, first],
              [place, second],
            ]);
            const out = inForm(result, (each, of) => put.get(of) ?? another(each));
            return [runOn(name)(operation, [...inputs, { ...options, out }]), out];
          };
          const message = `${operation}: options out${before} and out${place} share memory; expected each over memory of its own`;
          for (const at of [0, end - 8]) t.throws(() => call(at), { code: "ERR_IMAGE_BUFFER", message });
          t.true(new Uint8Array(memory).every((byte) => byte === 0));
          const [given, out] = call(end);
          t.is(given, out);
        }
      }
    }
  });
}

test("an out in the memory of a mask is refused, whatever comes after the options", (t) => {
  const image = new Image(Uint8Array.of(1, 2), { width: 2, height: 1 });
  const memory = new ArrayBuffer(8);
  const out = new Image(new Float32Array(memory), { width: 2, height: 1 });
  const mask = new Image(new Uint8Array(memory, 0, 2), { width: 2, height: 1 });
  const sobel = filters.sobel as (...args: unknown[]) => unknown;
  t.throws(() => sobel(image, { out, mask }, undefined), { code: "ERR_IMAGE_BUFFER" });
});

test("operations that give something else than images have no option out", (t) => {
  for (const [operation, gives] of Object.entries(WITHOUT)) {
    const { inputs, options } = casesOf(operation)[0]!;
    const [first] = [...inputs()].slice(7);
    for (const name of operation === "transform.integrate" ? ["default"] : ["default", "native"]) {
      const error = t.throws(() => runOn(name)(operation, [...first!, { ...options, out: gray() }]), undefined, gives);
      t.is((error as ImageError).code, "ERR_IMAGE_OPTION", `${operation}: ${error.message}`);
      t.regex(error.message, /there is no option "out"/);
    }
  }
});

test("an out in memory that is the mask's is refused too", (t) => {
  const labels = new Image(Uint8Array.of(1, 0, 2, 2), { width: 2, height: 2 });
  const mask = new Image(Uint8Array.of(1, 1, 0, 1), { width: 2, height: 2 });
  t.throws(() => segmentation.clearBorder(labels, { mask, out: mask }), { code: "ERR_IMAGE_BUFFER" });
});

test("an out that is no image, or whose memory is gone, is refused", (t) => {
  for (const out of [1, "out", {}, [], new Uint8Array(12), () => {}]) {
    const error = t.throws(() => util.invert(gray(), { out: wrong(out) }), { instanceOf: ImageError });
    t.is(error.code, "ERR_IMAGE_OPTION");
    t.regex(error.message, /^util\.invert: option out is .*; expected an Image/);
  }
  const few = (values: unknown): unknown => feature.structureTensor(gray(), { out: wrong(values) });
  for (const [values, place] of [
    [[gray(), 3, gray()], "\\[1\\]"],
    [{ a: null }, ".a"],
    [[gray(), [gray()], gray()], "\\[1\\]"],
    [sparse(1e8), "\\[0\\]"],
  ]) {
    const message = new RegExp(
      `^feature\\.structureTensor: option out${place as string} is .*; expected an Image, as those`,
    );
    t.throws(() => few(values), { code: "ERR_IMAGE_OPTION", message });
  }
  const out = gray();
  structuredClone(out.data.buffer, { transfer: [out.data.buffer as ArrayBuffer] });
  t.throws(() => util.invert(gray(), { out }), { code: "ERR_IMAGE_BUFFER", message: /detached/ });
  t.throws(() => few([gray(), gray(), out]), { code: "ERR_IMAGE_BUFFER", message: /detached/ });
  t.notThrows(() => util.invert(gray(), { out: wrong(undefined) }));
});

test("an asynchronous call looks once more at what a list holds in the end, before it writes any of it", async (t) => {
  const outs = (): [Image, Image, Image] => [0, 1, 2].map(() => zeros("float32", gray())) as [Image, Image, Image];
  const [exchanged, shared, gone] = [outs(), outs(), outs()];
  const calls = [exchanged, shared, gone].map((out) => feature.structureTensor.async(gray(), { out }));
  const last = (exchanged[2] = zeros("float32", gray()));
  shared[1] = shared[0];
  structuredClone(gone[2].data.buffer, { transfer: [gone[2].data.buffer as ArrayBuffer] });
  t.is(await calls[0], exchanged);
  t.true(last.data.some((sample) => sample !== 0));
  await t.throwsAsync(calls[1]!, { code: "ERR_IMAGE_BUFFER", message: /out\[0\] and out\[1\] share memory/ });
  await t.throwsAsync(calls[2]!, { code: "ERR_IMAGE_BUFFER", message: /detached/ });
  for (const { data } of [shared[0], gone[0]]) t.true(data.every((sample) => sample === 0));
});

const onGpu = gpuAvailable() ? test : test.skip;
onGpu("wgpu: results come back into out; images on the GPU take none", (t) => {
  const several = ["feature.structureTensor", "feature.hessianMatrixEigvals", "filters.gabor"];
  for (const operation of ["util.invert", "filters.gaussian", "measure.label", "transform.resize", ...several]) {
    const generated = casesOf(operation).filter(({ name }) => /uint8|generated float32/.test(name));
    for (const { inputs, options } of generated) {
      const list = [...inputs()][8]!;
      const expected = backend("wgpu", () => OPERATIONS[operation]!(...list, options));
      const out = inForm(expected, another);
      t.is(
        backend("wgpu", () => OPERATIONS[operation]!(...list, { ...options, out })),
        out,
      );
      t.true(bytesOf(out).equals(bytesOf(expected)));
    }
  }
  using there = GpuImage.from(gray());
  const refused = {
    code: "ERR_IMAGE_OPTION",
    message: /^util\.invert: option out is .*in main memory|expected an Image/,
  };
  t.throws(() => util.invert(there, wrong({ out: gray() })), refused);
  t.throws(() => util.invert(gray(), { out: wrong(there) }), refused);
  const elements = feature.structureTensor(there);
  t.throws(() => feature.structureTensorEigenvalues(elements, wrong({ out: [gray(), gray()] })), {
    code: "ERR_IMAGE_OPTION",
    message: /: option out is for images in main memory; the first argument is \[.*\], not an Image$/,
  });
  for (const element of elements) element[Symbol.dispose]();
});
