// What long loops keep: neither the driver's memory nor images that calls made on the way.
import { execFile } from "node:child_process";
import { setImmediate as turn } from "node:timers/promises";
import { promisify } from "node:util";
import test from "ava";
import { backend, color, filters, gpu, GpuError, GpuImage, Image } from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";
import { TYPESCRIPT } from "../typescript.ts";

const run = promisify(execFile);
const entry = new URL("../../src/image/index.ts", import.meta.url).href;
const side = 256;
const image = new Image(
  Float32Array.from({ length: side * side }, (_, i) => (i % 251) / 251),
  { width: side, height: side },
);
const labels = new Image(
  Int32Array.from({ length: side * side }, (_, i) => i % 7),
  image,
);

if (gpuAvailable()) {
  for (const call of ["filters.gaussian(start)", "measure.label(start)", "util.greater(util.invert(start), 0.5)"]) {
    test(`the process does not grow with ${call}`, async (t) => {
      const program = `
        const { filters, GpuImage, Image, measure, util } = await import(${JSON.stringify(entry)});
        const pixels = Float32Array.from({ length: 4096 }, (_, i) => ((i * 7919) % 1000) / 100);
        const start = GpuImage.from(new Image(pixels, { width: 64, height: 64 }));
        const repeat = (times) => {
          for (let i = 0; i < times; i++) {
            const end = ${call};
            end.toImageSync();
            end.dispose();
          }
        };
        repeat(20);
        const before = process.memoryUsage.rss();
        repeat(300);
        console.log((process.memoryUsage.rss() - before) / 2 ** 20);`;
      const { stdout } = await run(process.execPath, [TYPESCRIPT, "--input-type=module", "-e", program]);
      // With uniforms, lavapipe kept 300 and 50 MiB.
      t.true(Number(stdout) < 32, `${stdout.trim()} MiB`);
    });
  }

  test.serial("a synchronous loop keeps nothing of what is converted", (t) => {
    GpuImage.from(image).dispose();
    let most = 0;
    for (let i = 0; i < 200; i++) {
      backend("wgpu", () => filters.sobel(image));
      most = Math.max(most, gpu.stats()!.liveBytes);
    }
    t.true(most <= 4 * image.data.byteLength, `${most} bytes`);
  });

  test.serial("a converted argument may go before the work is done", (t) => {
    const expected = filters.gaussian(image);
    const results = Array.from({ length: 5 }, () => backend("wgpu", () => filters.gaussian(image)));
    for (const { data } of results) {
      t.true(data.every((value, i) => Math.abs(value - expected.data[i]!) < 1e-5));
    }
  });

  test.serial(
    "an image uploaded beside one on the GPU is freed once its work is recorded, and when that fails",
    (t) => {
      const there = GpuImage.from(labels);
      const before = gpu.stats()!.liveBytes;
      const expected = color.label2rgb(labels, image);
      for (let i = 0; i < 20; i++) {
        const overlay = color.label2rgb(there, image);
        t.is(gpu.stats()!.liveBytes, before + overlay.byteLength);
        if (i === 0) t.true(overlay.toImageSync().data.every((v, at) => Math.abs(v - expected.data[at]!) < 1e-5));
        overlay.dispose();
      }
      const gone = GpuImage.from(labels);
      gone.dispose();
      for (let i = 0; i < 5; i++) {
        t.throws(() => color.label2rgb(gone, image), { instanceOf: GpuError, code: "ERR_GPU_DISPOSED" });
        t.throws(() => color.label2rgb(there, new Image(new Float64Array(4), { width: 2, height: 2 })));
        t.throws(() => color.label2rgb(labels, gone), { instanceOf: GpuError, code: "ERR_GPU_DISPOSED" });
      }
      t.is(gpu.stats()!.liveBytes, before);
    },
  );

  test.serial("images that nobody has are freed by the collector, which knows their size", async (t) => {
    const megabytes = new Image(new Float32Array(1024 * 1024), { width: 1024, height: 1024 });
    let most = 0;
    for (let i = 0; i < 200; i++) {
      GpuImage.from(megabytes);
      await turn();
      most = Math.max(most, gpu.stats()!.liveBytes);
    }
    // What they hold in JavaScript's memory would not have it collect.
    t.true(most < 100 * megabytes.data.byteLength, `${most} bytes`);
  });
}
