// Processes with other surroundings: no driver, nonsense in the environment, an end in the middle of the work.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import test from "ava";
import { gpuAvailable } from "./gpu-available.ts";

const run = promisify(execFile);
const entry = new URL("../../src/image/index.ts", import.meta.url).href;
const addon = new URL("../../src/addon.ts", import.meta.url).href;
const worker = new URL("gpu-worker.mjs", import.meta.url).href;

/** What a program prints, with the library's exports at hand. */
async function printed(program: string, environment?: Record<string, string>): Promise<string> {
  return (await outputs(program, environment)).stdout.trim();
}

async function outputs(
  program: string,
  environment: Record<string, string> = {},
): Promise<{ stdout: string; stderr: string }> {
  const source = `
    const { GpuImage, Image, backend, filters, gpu } = await import(${JSON.stringify(entry)});
    const { addon } = await import(${JSON.stringify(addon)});
    const side = 1024;
    const image = new Image(new Float32Array(side * side), { width: side, height: side });
    const attempt = (call) => { try { return call(); } catch (error) { return error.code + " " + error.message; } };
    ${program}`;
  const { TAGSWITCH_WGPU_ADAPTER: _a, WGPU_BACKEND: _b, ...inherited } = process.env;
  return run(process.execPath, ["--import=tsx", "--input-type=module", "-e", source], {
    env: { ...inherited, ...environment },
  });
}

const UPLOAD = "console.log(attempt(() => GpuImage.from(image)));";

test("without a driver there is a typed error that says what is missing, and native takes over", async (t) => {
  const program = `${UPLOAD} console.log(backend("wgpu", () => filters.sobel(image)) instanceof Image);`;
  const [error, native] = (await printed(program, { VK_DRIVER_FILES: "/nowhere", VK_ICD_FILENAMES: "/nowhere" })).split(
    "\n",
  );
  if (process.platform === "linux") t.regex(error!, /^ERR_GPU_NO_ADAPTER .*install mesa-vulkan-drivers/);
  t.is(native, "true");
});

test("the environment can forbid the GPU", async (t) => {
  for (const word of ["none", "0", "False", " no "]) {
    t.regex(
      await printed(UPLOAD, { TAGSWITCH_WGPU_ADAPTER: word }),
      /^ERR_GPU_NO_ADAPTER .*TAGSWITCH_WGPU_ADAPTER forbids/,
    );
  }
});

test("nonsense in the environment is a typed error", async (t) => {
  t.regex(await printed(UPLOAD, { WGPU_BACKEND: "potato" }), /^ERR_GPU_SETTING .*WGPU_BACKEND is "potato"; expected/);
  t.regex(
    await printed(UPLOAD, { TAGSWITCH_GPU_POOL_BYTES: "1G" }),
    /^ERR_GPU_SETTING .*TAGSWITCH_GPU_POOL_BYTES is "1G"; expected a number of bytes/,
  );
});

if (gpuAvailable()) {
  test("an adapter that is not there is a typed error that names those there are", async (t) => {
    const error = await printed(UPLOAD, { TAGSWITCH_WGPU_ADAPTER: "voodoo" });
    t.regex(error, /^ERR_GPU_SETTING .*TAGSWITCH_WGPU_ADAPTER is "voodoo"; expected "none" or a part of the name/);
  });

  test("an empty setting is none", async (t) => {
    const program = "GpuImage.from(image); console.log('made');";
    t.is(await printed(program, { TAGSWITCH_WGPU_ADAPTER: "", WGPU_BACKEND: "" }), "made");
  });

  test("the environment, or the program before the first use, limits what the pool keeps", async (t) => {
    const limit = "GpuImage.from(image); console.log(addon.gpuStats().poolLimit);";
    t.is(await printed(limit), String(256 * 2 ** 20));
    t.is(await printed(limit, { TAGSWITCH_GPU_POOL_BYTES: "1000" }), "1000");
    t.is(await printed(`gpu.setPoolLimit(7); ${limit}`, { TAGSWITCH_GPU_POOL_BYTES: "1000" }), "7");
    t.is(await printed(`gpu.setPoolLimit(7); addon.gpuDestroyDevice(); ${limit}`), "7");
  });

  test("importing the library touches no driver", async (t) => {
    if (process.platform !== "linux") {
      t.pass();
      return;
    }
    // Vulkan's loader tells of every driver that it looks at.
    const environment = { VK_LOADER_DEBUG: "all" };
    const idle = await outputs("console.log(addon.gpuStats())", environment);
    t.deepEqual([idle.stdout, /vulkan|icd/i.test(idle.stderr)], ["null\n", false]);
    t.regex((await outputs(UPLOAD, environment)).stderr, /vulkan|icd/i);
  });

  test("a process may end while the GPU works", async (t) => {
    const start = "for (let i = 0; i < 3; i++) void filters.gaussian(GpuImage.from(image), { sigma: 20 }).toImage();";
    for (const wait of [0, 30, 120]) {
      t.is(await printed(`${start} setTimeout(() => process.exit(0), ${wait}); console.log("started")`), "started");
    }
  });

  test("a worker may end while the GPU works for it", async (t) => {
    const program = `
      const { Worker } = await import("node:worker_threads");
      const worker = new Worker(new URL(${JSON.stringify(worker)}), { execArgv: [] });
      await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
      await worker.terminate();
      const back = await filters.sobel(GpuImage.from(image)).toImage();
      console.log(back.data.length);`;
    t.is(await printed(program), String(1024 * 1024));
  });
}
