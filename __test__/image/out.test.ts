// The option `out`: results in memory that the caller has, the same bit by bit, whoever computes them.
import test from "ava";
import { getImplementation } from "../../src/index.ts";
import {
  backend,
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
import { type GeneratedCase, generatedCases } from "../../src/image/suite/generated/index.ts";
import { type Run, runOn, OPERATIONS } from "./conformance.ts";
import { gpuAvailable } from "./gpu-available.ts";
import { gray, wrong } from "./refused/inputs.ts";

/** Operations whose result is not one image, or one whose size their samples decide. */
const WITHOUT: Readonly<Record<string, string>> = {
  "exposure.histogram": "counts and centres",
  "feature.cornerPeaks": "a list of places, unless asked for a mask",
  "feature.hessianMatrix": "three images",
  "feature.hessianMatrixEigvals": "two images",
  "feature.peakLocalMax": "a list of places",
  "feature.structureTensor": "three images",
  "feature.structureTensorEigenvalues": "two images",
  "filters.gabor": "two images",
  "filters.thresholdIsodata": "a number",
  "filters.thresholdLi": "a number",
  "filters.thresholdMean": "a number",
  "filters.thresholdMinimum": "a number",
  "filters.thresholdMultiotsu": "numbers",
  "filters.thresholdOtsu": "a number",
  "filters.thresholdTriangle": "a number",
  "filters.thresholdYen": "a number",
  "measure.eulerNumber": "a number",
  "measure.moments": "numbers",
  "measure.momentsCentral": "numbers",
  "measure.momentsHu": "numbers",
  "measure.perimeter": "a number",
  "measure.regionprops": "regions",
  "measure.regionpropsTable": "a table",
  "measure.shannonEntropy": "a number",
  "metrics.meanSquaredError": "a number",
  "metrics.normalizedRootMse": "a number",
  "metrics.peakSignalNoiseRatio": "a number",
  "metrics.structuralSimilarity": "a number",
  "segmentation.relabelSequential": "an image and two lists",
  "transform.integrate": "numbers",
};

/** What `native` does not have. */
const NOT_NATIVE: ReadonlySet<string> = new Set(["measure.profileLine"]);

const taking = Object.keys(OPERATIONS).filter((operation) => !(operation in WITHOUT));

/** Options by which a result is more than one image. */
const MORE = ["returnNum", "returnIndices"] as const;

/** The cases whose result is one image. */
function casesOf(operation: string): readonly GeneratedCase[] {
  return generatedCases.filter(
    ({ operation: of, options }) => of === operation && !MORE.some((option) => option in options),
  );
}

/** An image of the same geometry and dtype with other samples in it. */
function another({ dtype, data, ...geometry }: Image): Image {
  return new Image(new SAMPLE_ARRAYS[dtype](data.length).fill(dtype.startsWith("float") ? Number.NaN : 0xa5), geometry);
}

function bytesOf({ data }: Image): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/** Some of the arguments of a case: of the smallest sizes, and of odd ones. */
function argumentsOf({ inputs }: GeneratedCase, count: number): (readonly unknown[])[] {
  const lists = [...inputs()];
  return [...lists.slice(0, 1), ...lists.slice(6, 5 + count)];
}

async function problemsOf(run: Run, operation: string, count: number): Promise<string[]> {
  const problems: string[] = [];
  for (const generated of casesOf(operation)) {
    for (const inputs of argumentsOf(generated, count)) {
      const { name, options } = generated;
      const expected = (await run(operation, [...inputs, options])) as Image;
      const out = another(expected);
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

for (const operation of taking) {
  test(`default: ${operation} gives out`, async (t) => {
    t.deepEqual(await problemsOf(runOn("default"), operation, 2), []);
  });
  if (NOT_NATIVE.has(operation)) continue;
  test(`native: ${operation} writes into out itself`, async (t) => {
    const itself = getImplementation(OPERATIONS[operation]!, "native")!;
    // Without the dispatcher, which would do it for whoever does not.
    t.deepEqual(await problemsOf((_operation, args) => itself(...args), operation, 5), []);
  });
}

for (const name of ["default", "native"]) {
  test(`${name}: an out that does not fit is refused, and left as it was`, (t) => {
    for (const operation of taking.filter((each) => name === "default" || !NOT_NATIVE.has(each))) {
      const generated = casesOf(operation)[0]!;
      const { options } = generated;
      const inputs = argumentsOf(generated, 2).at(-1)!;
      const { data, dtype, ...geometry } = runOn(name)(operation, [...inputs, options]) as Image;
      const { width, height, channels, alpha } = geometry;
      const wrongs: (readonly [code: ImageErrorCode, out: Image])[] = [
        ["ERR_IMAGE_SHAPE", zeros(dtype, { ...geometry, width: width + 1 })],
        ["ERR_IMAGE_SHAPE", zeros(dtype, { ...geometry, height: height + 1 })],
        ["ERR_IMAGE_SHAPE", zeros(dtype, { width, height, channels: channels + 1, alpha })],
        ["ERR_IMAGE_SHAPE", zeros(dtype, { ...geometry, alpha: !alpha })],
        ["ERR_IMAGE_DTYPE", zeros(dtype === "uint16" ? "uint8" : "uint16", geometry)],
      ];
      for (const [code, out] of wrongs) {
        out.data.fill(7);
        const error = t.throws(() => runOn(name)(operation, [...inputs, { ...options, out }]));
        t.is((error as ImageError).code, code, operation);
        t.true(error.message.startsWith(`${operation}: option out `), error.message);
        t.regex(error.message, /; expected .*, as the result$/);
        t.true(
          out.data.every((sample) => sample === 7),
          operation,
        );
      }
      t.is(data.length, width * height * channels);
    }
  });

  test(`${name}: an out in the memory of an image that is read is refused`, (t) => {
    for (const operation of taking.filter((each) => name === "default" || !NOT_NATIVE.has(each))) {
      const generated = casesOf(operation)[0]!;
      const { options } = generated;
      const inputs = argumentsOf(generated, 2).at(-1)!;
      const { data, dtype, ...geometry } = runOn(name)(operation, [...inputs, options]) as Image;
      for (const image of imagesOf(inputs)) {
        const memory = new ArrayBuffer(8 + image.data.byteLength + data.byteLength);
        const over = (of: DType, at: number, length: number): Samples => new SAMPLE_ARRAYS[of](memory, at, length);
        const copy = new Image(over(image.dtype, 0, image.data.length), image);
        copy.data.set(image.data);
        const given = inputs.map((input) => (input === image ? copy : input));
        const before = Buffer.from(memory.slice(0));
        const call = (out: Image): unknown => runOn(name)(operation, [...given, { ...options, out }]);
        const error = t.throws(() => call(new Image(over(dtype, 0, data.length), geometry)));
        t.is((error as ImageError).code, "ERR_IMAGE_BUFFER", `${operation}: ${error.message}`);
        t.regex(
          error.message,
          /option out lies in the memory of an image that is read; expected one over memory of its own/,
        );
        t.true(Buffer.from(memory).equals(before));
        // Beside it in one buffer is well.
        const after = 8 * Math.ceil(image.data.byteLength / 8);
        const beside = new Image(over(dtype, after, data.length), geometry);
        t.is(call(beside), beside);
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

test("operations that do not give one image have no option out", (t) => {
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
  const out = gray();
  structuredClone(out.data.buffer, { transfer: [out.data.buffer as ArrayBuffer] });
  t.throws(() => util.invert(gray(), { out }), { code: "ERR_IMAGE_BUFFER", message: /detached/ });
  t.notThrows(() => util.invert(gray(), { out: wrong(undefined) }));
});

test("out is typed as the result", async (t) => {
  const image = gray();
  const mask = zeros("uint8", image);
  const result: Image<Uint8Array> = util.greater(image, 1, { out: mask });
  t.is(result, mask);
  t.is(await util.greater.async(image, 1, { out: mask }), mask);
  // @ts-expect-error -- a mask is of bytes
  t.throws(() => util.greater(image, 1, { out: zeros("int32", image) }), { code: "ERR_IMAGE_DTYPE" });
  // @ts-expect-error -- a number is not written into an image
  t.throws(() => filters.thresholdOtsu(image, { out: mask }), { code: "ERR_IMAGE_OPTION" });
});

const onGpu = gpuAvailable() ? test : test.skip;
onGpu("wgpu: results come back into out; images on the GPU take none", (t) => {
  for (const operation of ["util.invert", "filters.gaussian", "measure.label", "transform.resize"]) {
    const generated = casesOf(operation).filter(({ name }) => name.includes("uint8"));
    for (const { inputs, options } of generated) {
      const list = [...inputs()][8]!;
      const expected = backend("wgpu", () => OPERATIONS[operation]!(...list, options)) as Image;
      const out = another(expected);
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
});
