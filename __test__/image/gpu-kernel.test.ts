// Kernels of one's own: what they compute, on which images, and that they are recorded like the library's.
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "ava";
import { trace } from "../../src/index.ts";
import { backend, filters, gpu, GpuError, gpuKernel, GpuImage, Image } from "../../src/image/index.ts";
import { addon } from "../../src/addon.ts";
import { gpuAvailable } from "./gpu-available.ts";
import { seeded } from "../../src/image/suite/generated/images.ts";

const GAIN = `
struct Params { gain: f32, width: u32, height: u32, bias: vec2f }
@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.width || id.y >= params.height) { return; }
  let i = id.y * params.width + id.x;
  result[i] = source[i] * params.gain + params.bias.x * f32(id.x) + params.bias.y * f32(id.y);
}`;

const amplify = gpuKernel({
  name: "test.amplify",
  wgsl: GAIN,
  output: "float32",
  params: { gain: "f32", bias: "vec2f" },
  reference: ({ data, width, height }, { gain, bias: [x, y] }) =>
    new Image(
      Float32Array.from(data, (value, i) => value * gain + x * (i % width) + y * Math.floor(i / width)),
      { width, height },
    ),
});

const random = seeded(5);
const image = new Image(
  Float32Array.from({ length: 43 * 67 }, () => random()),
  { width: 43, height: 67 },
);
const options = { gain: 3, bias: [0.5, -2] } as const;

test("in main memory the reference runs, with the same checks", (t) => {
  const { result, calls } = trace(() => amplify(image, options));
  t.is(calls[0]!.backend, "default");
  t.is(result.data[44], Math.fround(image.data[44]! * 3 + 0.5 - 2));
});

test("the types are those of the schema", (t) => {
  const check = (there: GpuImage): void => {
    const result: GpuImage = amplify(there, options);
    const back: Image = amplify(image, { ...options, backend: "wgpu" });
    // @ts-expect-error -- parameters are missing
    amplify(image);
    // @ts-expect-error -- of another type
    amplify(image, { gain: "3", bias: [0, 0] });
    // @ts-expect-error -- a vector of another length
    amplify(image, { gain: 3, bias: [0] });
    // @ts-expect-error -- no such parameter
    amplify(image, { ...options, gian: 3 });
    // @ts-expect-error -- no such dtype
    gpuKernel({ name: "test.never", wgsl: GAIN, output: "float64" });
    void [result, back, amplify.async(there, options)];
  };
  t.is(typeof check, "function");
});

if (gpuAvailable()) {
  test.serial("on the GPU it computes what its reference does, and stays there", (t) => {
    const there = GpuImage.from(image);
    const result = amplify(there, options);
    t.true(result instanceof GpuImage);
    t.deepEqual([result.dtype, result.shape], ["float32", image.shape]);
    const expected = amplify(image, options);
    t.true(result.toImageSync().data.every((value, i) => Math.abs(value - expected.data[i]!) < 1e-4));
  });

  test.serial("an image in main memory goes there and back where that is asked for", async (t) => {
    const expected = amplify(image, options);
    const { result, calls } = trace(() => backend("wgpu", () => amplify(image, options)));
    t.is(calls[0]!.backend, "wgpu");
    t.true(result.data.every((value: number, i: number) => Math.abs(value - expected.data[i]!) < 1e-4));
    t.true(amplify(image, { ...options, backend: "wgpu" }) instanceof Image);
    t.true((await amplify.async(image, { ...options, backend: "wgpu" })) instanceof Image);
  });

  test.serial("a chain with the library's operations is one submission, and compiled once", (t) => {
    const there = GpuImage.from(image);
    amplify(there, options).toImageSync();
    filters.sobel(filters.gaussian(there)).toImageSync();
    const before = gpu.stats()!;
    const chain = amplify(filters.sobel(amplify(filters.gaussian(there), options)), options);
    t.is(gpu.stats()!.submissions, before.submissions);
    chain.toImageSync();
    const after = gpu.stats()!;
    t.deepEqual([after.submissions, after.pipelines], [before.submissions + 1, before.pipelines]);
  });

  test.serial("several images of several dtypes, another geometry, parameters in a uniform, from a file", async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "tagswitch-kernel-"));
    t.teardown(() => rm(folder, { recursive: true }));
    const file = pathToFileURL(join(folder, "pick.wgsl"));
    writeFileSync(
      file,
      `struct Params { photo_width: u32, photo_channels: u32, channels: u32, scale: u32, width: u32, height: u32 }
@group(0) @binding(7) var<uniform> params: Params;
@group(0) @binding(5) var<storage, read_write> out: array<i32>;
@group(0) @binding(2) var<storage, read> photo: array<u32>;
@group(0) @binding(3) var<storage, read> offsets: array<i32>;
@compute @workgroup_size(64) fn every_other(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.width) { return; }
  let at = (id.y * params.scale * params.photo_width + id.x * params.scale) * params.photo_channels + id.z;
  let sample = (photo[at / 4u] >> (8u * (at % 4u))) & 0xffu;
  out[(id.y * params.width + id.x) * params.channels + id.z] = i32(sample) + offsets[id.z];
}`,
    );
    const pick = gpuKernel({
      name: "test.pick",
      wgsl: file,
      inputs: ["uint8", "int32"],
      output: {
        dtype: "int32",
        geometry: (photo) => ({
          width: Math.ceil(photo.width / 2),
          height: Math.ceil(photo.height / 2),
          channels: photo.channels,
        }),
      },
      params: { scale: "u32" },
    });
    const photo = new Image(
      Uint8Array.from({ length: 7 * 5 * 3 }, (_, i) => i * 2),
      { width: 7, height: 5, channels: 3 },
    );
    const offsets = new Image(Int32Array.of(-1000, 0, 1000), { width: 3, height: 1 });
    const result = pick(GpuImage.from(photo), offsets, { scale: 2 }).toImageSync();
    t.deepEqual([result.dtype, result.shape], ["int32", [3, 4, 3]]);
    const expected = Array.from({ length: 36 }, (_, i) => {
      const [row, column, channel] = [Math.floor(i / 12), Math.floor(i / 3) % 4, i % 3];
      return photo.data[(2 * row * 7 + 2 * column) * 3 + channel]! + 1000 * (channel - 1);
    });
    t.deepEqual([...result.data], expected);
    t.throws(() => pick(GpuImage.from(photo), undefined as never, { scale: 2 }), { code: "ERR_GPU_ARGUMENT" });
  });

  test.serial("indices beyond an array reach nothing, and what is not written is 0", (t) => {
    const wild = gpuKernel({
      name: "test.wild",
      wgsl: `
@group(0) @binding(0) var<storage, read> source: array<f32>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;
@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) {
  let far = id.x * 1000000007u + 4000000000u;
  if (id.x > 0u) { result[far] = source[far] + 1.0; result[far + 123456789u] = 7.0; }
  result[0] = 5.0;
}`,
      output: "float32",
    });
    for (let i = 0; i < 3; i++) filters.gaussian(GpuImage.from(image)).dispose();
    const { data } = wild(GpuImage.from(image)).toImageSync();
    // A driver may put a write beyond the end on the last sample, or drop it.
    t.deepEqual([...data.subarray(0, -1)], [5, ...new Float32Array(data.length - 2)]);
  });

  test.serial("images that are gone, or of another device, are typed errors; a new device compiles anew", (t) => {
    const gone = GpuImage.from(image);
    gone.dispose();
    t.throws(() => amplify(gone, options), { instanceOf: GpuError, code: "ERR_GPU_DISPOSED" });
    const there = GpuImage.from(image);
    addon.gpuDestroyDevice();
    t.throws(() => amplify(there, options), { instanceOf: GpuError, code: "ERR_GPU_DEVICE_LOST" });
    t.is(amplify(GpuImage.from(image), options).toImageSync().data.length, image.data.length);
  });

  test.serial("a result that takes too many workgroups, or none, is refused", (t) => {
    let width = 70_000;
    const line = gpuKernel({
      name: "test.line",
      wgsl: `
@group(0) @binding(0) var<storage, read> source: array<f32>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;
@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) { result[id.x] = source[0]; }`,
      output: { dtype: "float32", geometry: () => ({ width, height: 1 }) },
    });
    const there = GpuImage.from(image);
    t.throws(() => line(there), { code: "ERR_GPU_ARGUMENT", message: /70000 workgroups in one dimension/ });
    for (width of [0, 1.5, -1, Number.NaN, 2 ** 33]) {
      t.throws(() => line(there), { code: "ERR_GPU_ARGUMENT", message: /geometry answers/ }, String(width));
    }
    width = 2 ** 31;
    t.throws(() => line(there), { instanceOf: GpuError });
  });
}
