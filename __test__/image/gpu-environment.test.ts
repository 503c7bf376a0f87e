// Processes with other surroundings: no driver, nonsense in the environment.
import test from "ava";
import { gpuAvailable } from "./gpu-available.ts";
import { outputs, printed } from "./gpu-process.ts";

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
  t.regex(
    await printed(UPLOAD, { TAGSWITCH_GPU_WITHOUT: "subgroups, potatoes" }),
    /^ERR_GPU_SETTING .*TAGSWITCH_GPU_WITHOUT is "subgroups, potatoes"; expected some of subgroups, timestamps/,
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
}
