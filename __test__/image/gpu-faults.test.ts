// What can befall the GPU and those who use it: typed errors that name what failed, and the next call recovers.
import { Worker } from "node:worker_threads";
import test from "ava";
import { addon } from "../../src/addon.ts";
import { DispatchError } from "../../src/index.ts";
import { filters, gpu, GpuError, GpuImage, Image } from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";
import { printed } from "./gpu-process.ts";

const worker = new URL("gpu-worker.mjs", import.meta.url);

/** What a worker answers to a task. */
async function answer(task: string, data?: unknown): Promise<unknown> {
  const thread = new Worker(worker, { workerData: { task, data }, execArgv: [] });
  try {
    return await new Promise((resolve, reject) => {
      thread.once("message", resolve).once("error", reject);
    });
  } finally {
    await thread.terminate();
  }
}

if (gpuAvailable()) {
  const onLinux = process.platform === "linux";
  const software = gpu.adapter().deviceType === "software";

  test("an adapter that is gone: its images fail, native takes over, and it is found when it comes back", async (t) => {
    if (!onLinux) {
      t.pass();
      return;
    }
    const program = `
      const there = GpuImage.from(image);
      const drivers = (folder) => {
        for (const name of ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"])
          if (folder) process.env[name] = folder; else delete process.env[name];
      };
      drivers("/nowhere");
      addon.gpuDestroyDevice();
      console.log(attempt(() => filters.sobel(there)));
      console.log(attempt(() => GpuImage.from(image)));
      console.log(backend("wgpu", () => filters.sobel(image)) instanceof Image);
      drivers();
      console.log(attempt(() => filters.sobel(GpuImage.from(image)).toImageSync().data.length));`;
    const [lost, gone, native, back] = (await printed(program)).split("\n");
    t.regex(lost!, /^ERR_GPU_DEVICE_LOST filters\.sobel: /);
    t.regex(gone!, /^ERR_GPU_NO_ADAPTER gpu: /);
    t.deepEqual([native, back], ["true", String(1024 * 1024)]);
  });

  test("out of memory: the error names the operation, and what is freed can be used", async (t) => {
    if (!onLinux || !software) {
      t.pass();
      return;
    }
    // A software adapter's memory is the process's, which gets 600 MB more.
    const program = `
      const { execFileSync } = await import("node:child_process");
      const { readFileSync } = await import("node:fs");
      const large = new Image(new Uint8Array(4096 * 4096), { width: 4096, height: 4096 });
      filters.sobel(GpuImage.from(large)).toImageSync();
      gpu.setPoolLimit(0);
      const size = 1024 * Number(/VmSize:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
      execFileSync("prlimit", ["--pid", String(process.pid), "--as=" + (size + 600e6)]);
      const start = GpuImage.from(large);
      const kept = [];
      console.log(attempt(() => { for (;;) kept.push(filters.sobel(start)); }));
      console.log(kept.length > 2);
      for (const one of kept) one.dispose();
      console.log(filters.sobel(start).toImageSync().data.length);`;
    const [error, some, after] = (await printed(program)).split("\n");
    t.regex(error!, /^ERR_GPU_OUT_OF_MEMORY filters\.sobel: out of GPU memory \(67108864 bytes asked for\); dispose/);
    t.deepEqual([some, after], ["true", String(4096 * 4096)]);
  });

  test("out of memory on the way to the GPU: native takes over, or the error has the reason, and nothing is remembered", async (t) => {
    if (!onLinux || !software) {
      t.pass();
      return;
    }
    const program = `
      const { execFileSync } = await import("node:child_process");
      const { readFileSync } = await import("node:fs");
      const large = new Image(new Uint8Array(4096 * 4096).fill(7), { width: 4096, height: 4096 });
      const forced = () => filters.thresholdMean(large, { backend: "wgpu" });
      console.log(forced());
      gpu.setPoolLimit(0);
      const size = 1024 * Number(/VmSize:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
      execFileSync("prlimit", ["--pid", String(process.pid), "--as=" + (size + 300e6)]);
      const kept = [];
      attempt(() => { for (;;) kept.push(GpuImage.from(large)); });
      console.log(attempt(forced));
      console.log(backend("wgpu", () => filters.thresholdMean(large)));
      for (const one of kept) one.dispose();
      console.log(forced());`;
    const [before, error, native, after] = (await printed(program)).split("\n");
    t.regex(
      error!,
      /^ERR_DISPATCH_CONVERSION converting .*Image to .*GpuImage failed: gpu\.upload: out of GPU memory \(16777216 bytes asked for\); dispose of .* \(ERR_GPU_OUT_OF_MEMORY\)$/,
    );
    t.deepEqual([before, native, after], ["7", "7", "7"]);
  });

  test("without timestamps kernels are not timed, and nothing else is missing", async (t) => {
    const program = `
      const start = GpuImage.from(image);
      console.log(attempt(() => gpu.kernelTimes(() => filters.sobel(start))));
      console.log(filters.sobel(start).toImageSync().data.length);`;
    const [error, after] = (await printed(program, { TAGSWITCH_GPU_WITHOUT: "timestamps" })).split("\n");
    t.regex(error!, /^ERR_GPU_UNSUPPORTED gpu\.kernelTimes: not done on the GPU: .* timestamp queries/);
    t.is(after, String(1024 * 1024));
  });

  test("a process may end while the GPU works", async (t) => {
    const start = `
      for (let i = 0; i < 3; i++) void filters.gaussian(GpuImage.from(image), { sigma: 20 }).toImage();
      console.log("started");`;
    for (const wait of [0, 30, 120]) {
      t.is(await printed(`${start} setTimeout(() => process.exit(0), ${wait});`), "started");
    }
    // With what is recorded and never asked for, and by itself.
    t.is(await printed(`${start} util.invert(filters.sobel(GpuImage.from(image)));`), "started");
    const crash = await t.throwsAsync<Error & { code?: unknown; signal?: unknown; stderr?: string }>(
      printed(`${start} setTimeout(() => { throw new Error("mine"); }, 10);`),
    );
    t.deepEqual([crash?.code, crash?.signal], [1, null]);
    t.regex(crash?.stderr ?? "", /mine/);
  });

  test("a worker may end while the GPU works for it", async (t) => {
    const program = `
      const { Worker } = await import("node:worker_threads");
      const worker = new Worker(new URL(${JSON.stringify(worker.href)}), { workerData: { task: "work" }, execArgv: [] });
      await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
      await worker.terminate();
      const back = await filters.sobel(GpuImage.from(image)).toImage();
      console.log(back.data.length);`;
    t.is(await printed(program), String(1024 * 1024));
  });

  test.serial("an image from another worker is none, and the errors say so", async (t) => {
    const there = GpuImage.from(new Image(new Float32Array(12), { width: 4, height: 3 }));
    t.deepEqual(await answer("use", there), [
      "ERR_DISPATCH_NO_IMPLEMENTATION",
      "ERR_GPU_ARGUMENT",
      "ERR_GPU_ARGUMENT",
      "ERR_GPU_ARGUMENT",
    ]);
    t.is(there.toImageSync().data.length, 12);
  });

  test.serial("a device that is lost on the way back: the call's error has the GPU's as its cause", async (t) => {
    const image = new Image(new Float32Array(512 * 512), { width: 512, height: 512 });
    const given = { sigma: 20, backend: "wgpu" };
    const call = filters.gaussian.async(image, given);
    addon.gpuDestroyDevice();
    const error = await t.throwsAsync<DispatchError>(call, {
      instanceOf: DispatchError,
      code: "ERR_DISPATCH_CONVERSION",
      message: /GPU device was lost .*the next call makes a new device \(ERR_GPU_DEVICE_LOST\)$/,
    });
    t.true(error?.cause instanceof GpuError);
    t.is((await filters.gaussian.async(image, given)).data.length, 512 * 512);
  });

  test.serial("workers share the device, and lose it together", async (t) => {
    const image = new Image(new Float32Array(12), { width: 4, height: 3 });
    const there = GpuImage.from(image);
    t.is(await answer("destroy"), "ERR_GPU_DEVICE_LOST");
    t.throws(() => there.toImageSync(), { instanceOf: GpuError, code: "ERR_GPU_DEVICE_LOST" });
    t.is(GpuImage.from(image).toImageSync().data.length, 12);
  });
}
