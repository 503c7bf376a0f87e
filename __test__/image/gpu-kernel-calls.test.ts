// Calls of a kernel that make no sense: images and parameters.
import test from "ava";
import { GpuError, gpuKernel, GpuImage, Image, ImageError } from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";

const WGSL = `
struct Params { gain: f32, shift: i32, count: u32, tint: vec3f }
@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
@compute @workgroup_size(4) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&result)) {
    result[id.x] = source[id.x] * params.gain + f32(params.shift) + f32(params.count) + params.tint[id.x % 3u];
  }
}`;
const params = { gain: "f32", shift: "i32", count: "u32", tint: "vec3f" } as const;
const mix = gpuKernel({ name: "calls.mix", wgsl: WGSL, output: "float32", params });
const referenced = gpuKernel({
  name: "calls.referenced",
  wgsl: WGSL,
  output: "float32",
  params,
  reference: (image) => image,
});
const image = new Image(Float32Array.of(1, 2, 3, 4, 5), { width: 5, height: 1 });
const given = { gain: 2, shift: -3, count: 4_000_000_000, tint: [0.5, 0, 1] } as const;

/** Options that are wrong, with what the error says. */
const WRONG: readonly (readonly [unknown, RegExp])[] = [
  [undefined, /gain is undefined; expected a finite number/],
  [{ ...given, gain: undefined }, /gain is undefined/],
  [{ ...given, gain: "2" }, /gain is "2"/],
  [{ ...given, gain: Number.NaN }, /gain is NaN/],
  [{ ...given, gain: 1e39 }, /gain is 1e\+39/],
  [{ ...given, shift: 0.5 }, /shift is 0.5; expected a whole number from -2147483648 to 2147483647/],
  [{ ...given, shift: 2 ** 31 }, /shift is 2147483648/],
  [{ ...given, count: -1 }, /count is -1; expected a whole number from 0/],
  [{ ...given, tint: 1 }, /tint is 1; expected an array of 3/],
  [{ ...given, tint: [1, 2] }, /tint is \[1, 2\]/],
  [{ ...given, tint: [1, 2, "3"] }, /expected an array of 3, each a finite number/],
  [{ ...given, gian: 1 }, /no option "gian"; accepted: gain, shift, count, tint, backend/],
  ["gain", /options are "gain"/],
];

test("without a GPU or a word for one, a kernel needs a reference", (t) => {
  t.throws(() => mix(image, given), { instanceOf: GpuError, code: "ERR_GPU_UNSUPPORTED", message: /has no reference/ });
  t.is(referenced(image, given), image);
});

test("a reference gets only what the shader would", (t) => {
  for (const [options, message] of WRONG) {
    t.throws(() => referenced(image, options as typeof given), {
      instanceOf: ImageError,
      code: "ERR_IMAGE_OPTION",
      message,
    });
  }
  const bytes = new Image(new Uint8Array(4), { width: 2, height: 2 });
  t.throws(() => referenced(bytes, given), {
    code: "ERR_GPU_DTYPE",
    message: /image 0 is uint8; the shader reads float32/,
  });
});

if (gpuAvailable()) {
  const there = GpuImage.from(image);

  test.serial("parameters come where the struct has them", (t) => {
    const small = mix(there, { ...given, count: 7 }).toImageSync();
    t.deepEqual([...small.data], [6.5, 8, 11, 12.5, 14]);
    t.is(mix(there, { gain: 0, shift: 0, count: 4_294_967_295, tint: [0, 0, 0] }).toImageSync().data[0], 2 ** 32);
  });

  test.serial("parameters that are missing, of another type or out of range", (t) => {
    for (const [options, message] of WRONG) {
      const expected = { instanceOf: ImageError, code: "ERR_IMAGE_OPTION", message };
      t.throws(() => mix(there, options as typeof given), expected);
    }
  });

  test.serial("images of another dtype, too many, none", (t) => {
    for (const data of [new Uint8Array(4), new Uint16Array(4), new Int32Array(4)]) {
      const wrong = GpuImage.from(new Image(data, { width: 2, height: 2 }));
      t.throws(() => mix(wrong, given), {
        instanceOf: GpuError,
        code: "ERR_GPU_DTYPE",
        message: /the shader reads float32/,
      });
    }
    const loose = mix as unknown as (...args: unknown[]) => unknown;
    t.throws(() => loose(there, there, given), { message: /options are an object of class GpuImage|3 arguments/ });
    t.throws(() => loose(there, given, given), { code: "ERR_GPU_ARGUMENT", message: /3 arguments; expected 1 images/ });
    t.throws(() => loose(), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
    t.throws(() => loose(given), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  });
}
