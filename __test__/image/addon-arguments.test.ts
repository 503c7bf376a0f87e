// The addon's own checks, behind those of the library: no argument may make it touch memory that is not its own.
import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import test from "ava";
import { addon } from "../../src/addon.ts";
import { sizeOf } from "../../src/image/backends/addon-call.ts";

const geometry = { width: 4, height: 2, channels: 1 };
const options = { operator: "sobel", mode: "reflect", cval: 0 };
const wrong = (value: unknown): never => value as never;

function detached(): Float32Array {
  const detaching = new Float32Array(8);
  structuredClone(detaching.buffer, { transfer: [detaching.buffer] });
  return detaching;
}

const samples = (): Float32Array => new Float32Array(8);
const same = samples();

// oxfmt-ignore
const refused: [title: string, image: unknown, geometry: unknown, out: unknown, code: string, message: RegExp][] = [
  ["one array as both", same, geometry, same, "ERR_IMAGE_BUFFER", /^out shares memory with image;/],
  ["a detached image", detached(), geometry, samples(), "ERR_IMAGE_BUFFER", /^image holds no samples \(is its buffer detached\?\)$/],
  ["a detached out", samples(), geometry, detached(), "ERR_IMAGE_BUFFER", /^out holds no samples/],
  ["shared memory", new Float32Array(new SharedArrayBuffer(32)), geometry, samples(), "ERR_IMAGE_BUFFER", /^image lies in a SharedArrayBuffer/],
  ["an array", [1, 2], geometry, samples(), "ERR_IMAGE_DTYPE", /^image is not a Uint8Array, /],
  ["nothing", undefined, geometry, samples(), "ERR_IMAGE_DTYPE", /^image is not/],
  ["signed bytes", new Int8Array(8), geometry, samples(), "ERR_IMAGE_DTYPE", /^image is not/],
  ["a DataView", new DataView(new ArrayBuffer(8)), geometry, samples(), "ERR_IMAGE_DTYPE", /^image is not/],
  ["another type of out", samples(), geometry, new Float64Array(8), "ERR_IMAGE_DTYPE", /^out is float64; expected float32$/],
  ["too few samples", samples().subarray(1), geometry, samples(), "ERR_IMAGE_BUFFER", /^7 samples given; shape 2 × 4 × 1 needs 8$/],
  ["too small an out", samples(), geometry, samples().subarray(1), "ERR_IMAGE_BUFFER", /^7 samples given;/],
  ["no width", samples(), { ...geometry, width: 0 }, samples(), "ERR_IMAGE_SHAPE", /is empty;/],
  ["a shape beyond memory", samples(), { width: 2 ** 32 - 1, height: 2 ** 32 - 1, channels: 2 ** 32 - 1 }, samples(), "ERR_IMAGE_LIMIT", /more samples than memory/],
  ["channels", samples(), { width: 2, height: 2, channels: 2 }, samples(), "ERR_IMAGE_SHAPE", /has 2 channels; expected 1$/],
];

for (const [title, image, shape, out, code, message] of refused) {
  test(`the addon refuses ${title}`, (t) => {
    t.throws(() => addon.cpuEdges(wrong(image), ...sizeOf(wrong(shape)), options, wrong(out)), { code, message });
  });
}

test("the addon refuses an output that overlaps its input, and takes one beside it", (t) => {
  const buffer = new ArrayBuffer(64);
  const image = new Float32Array(buffer, 0, 8);
  for (const distance of [1, 7]) {
    const out = new Float32Array(buffer, 4 * distance, 8);
    t.throws(() => addon.cpuEdges(image, ...sizeOf(geometry), options, out), {
      code: "ERR_IMAGE_BUFFER",
      message: /^out shares memory with image;/,
    });
  }
  t.notThrows(() => addon.cpuEdges(image, ...sizeOf(geometry), options, new Float32Array(buffer, 32, 8)));
});

test("the addon refuses one array for two outputs", (t) => {
  const [a, b, c, out] = [samples(), samples(), samples(), samples()];
  t.throws(() => addon.cpuEigenvalues(a, b, c, ...sizeOf(geometry), out, out), {
    code: "ERR_IMAGE_BUFFER",
    message: /^out shares memory with another out;/,
  });
  t.notThrows(() => addon.cpuEigenvalues(a, b, c, ...sizeOf(geometry), out, samples()));
  const gabor = {
    frequency: 0.2,
    theta: 0,
    offset: 0,
    sigmaX: 1,
    sigmaY: 1,
    radius: [1, 1],
    mode: "reflect",
    cval: 0,
  } as const;
  t.throws(() => addon.cpuGabor(a, ...sizeOf(geometry), gabor, out, out), {
    code: "ERR_IMAGE_BUFFER",
    message: /^out shares memory with another out;/,
  });
  t.notThrows(() => addon.cpuGabor(a, ...sizeOf(geometry), gabor, out, samples()));
});

test("the addon refuses images of similarity that lie where others do", (t) => {
  const compare = (similarities: unknown, gradient: unknown, second: unknown = samples()): number => {
    const given = { weights: [1], margin: 0, covariance: 1, c1: 1, c2: 1 };
    return addon.cpuStructuralSimilarity(
      samples(),
      wrong(second),
      ...sizeOf(geometry),
      given,
      wrong(similarities),
      wrong(gradient),
    );
  };
  const out = samples();
  // oxfmt-ignore
  const outs: [similarities: unknown, gradient: unknown, second: unknown, code: string, message: RegExp][] = [
    [out, out, samples(), "ERR_IMAGE_BUFFER", /^out shares memory with another out;/],
    [out, null, out, "ERR_IMAGE_BUFFER", /^out shares memory with second;/],
    [null, out, out, "ERR_IMAGE_BUFFER", /^out shares memory with second;/],
    [null, new Float64Array(8), samples(), "ERR_IMAGE_DTYPE", /^out is float64; expected float32$/],
    [new Float32Array(7), null, samples(), "ERR_IMAGE_BUFFER", /^7 samples given; shape 2 × 4 × 1 needs 8$/],
  ];
  for (const [similarities, gradient, second, code, message] of outs) {
    t.throws(() => compare(similarities, gradient, second), { code, message });
  }
  t.is(compare(null, null), 1);
  t.is(compare(out, samples()), 1);
  t.is(compare(null, samples()), 1);
});

test("the addon refuses a mask that is none of the image", (t) => {
  const equalize = (mask: unknown, out: Float32Array = samples()): void =>
    addon.cpuEqualizeHist(samples(), ...sizeOf(geometry), 256, wrong(mask), out);
  const out = samples();
  // oxfmt-ignore
  const masks: [mask: unknown, code: string, message: RegExp][] = [
    [samples(), "ERR_IMAGE_DTYPE", /^mask is float32; expected uint8$/],
    [new Uint8Array(7).fill(1), "ERR_IMAGE_BUFFER", /^7 samples given; shape 2 × 4 × 1 needs 8$/],
    [new Uint8Array(out.buffer, 16, 8), "ERR_IMAGE_BUFFER", /^out shares memory with mask;/],
    [new Uint8Array(8), "ERR_IMAGE_VALUE", /^mask is 0 everywhere;/],
  ];
  for (const [mask, code, message] of masks) t.throws(() => equalize(mask, out), { code, message });
  t.notThrows(() => equalize(new Uint8Array(8).fill(1)));
  t.notThrows(() => equalize(null));
});

test("the addon refuses variances that are none of the image", (t) => {
  const noise = { kind: "additive", mean: 0, deviation: 1, amount: 0, salt: 0, low: 0, clip: true, key: [1, 2] };
  const add = (variances: unknown, kind: string, out: Float32Array = samples()): void =>
    addon.cpuRandomNoise(samples(), ...sizeOf(geometry), { ...noise, kind }, wrong(variances), out);
  const option = { code: "ERR_IMAGE_OPTION", message: /^kind is "impulse"; expected "additive"/ };
  t.throws(() => add(new Float64Array(8), "impulse"), option);
  t.throws(() => add("all", "additive"), { code: "ERR_IMAGE_DTYPE", message: /^variances is not a Uint8Array/ });
  t.throws(() => add(new Float64Array(9), "additive"), { code: "ERR_IMAGE_BUFFER", message: /^9 samples given;/ });
  const variances = new Float64Array(8);
  t.throws(() => add(variances, "additive", new Float32Array(variances.buffer, 8, 8)), {
    code: "ERR_IMAGE_BUFFER",
    message: /^out shares memory with variances;/,
  });
  t.notThrows(() => add(variances, "additive"));
  t.notThrows(() => add(new Uint8Array(8), "additive"));
  t.notThrows(() => add(null, "impulse"));
});

test("a worker may exit while its files are read and written", async (t) => {
  const source = `
    const { parentPort, workerData } = require("node:worker_threads");
    const addon = require(workerData);
    const image = new Uint8Array(1500 * 1500).map((_, i) => i * i);
    const geometry = { width: 1500, height: 1500, channels: 1 };
    const file = addon.encodeImage(image, geometry, "png");
    for (let i = 0; i < 8; i++) {
      addon.encodeImageAsync(image, geometry, "png").catch(() => {});
      addon.decodeImageAsync(file, 1e7).catch(() => {});
    }
    parentPort.postMessage("busy");
    process.exit(7);
  `;
  const workerData = join(import.meta.dirname, "../../build/Release/tagswitch.node");
  for (let round = 0; round < 3; round++) {
    const worker = new Worker(source, { eval: true, workerData });
    const [code] = (await once(worker, "exit")) as [number];
    t.is(code, 7);
  }
});
