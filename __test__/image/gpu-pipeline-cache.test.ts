// What the driver compiled is kept from one process to the next, and nothing that befalls the file fails a call.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import test from "ava";
import type { GpuPipelineCache } from "../../src/image/gpu.ts";
import { gpuAvailable } from "./gpu-available.ts";
import { TYPESCRIPT } from "../typescript.ts";

const run = promisify(execFile);
const entry = new URL("../../src/image/index.ts", import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), "tagswitch-pipelines-"));
test.after.always(() => rmSync(folder, { recursive: true }));

/** What a process that computes something says of its cache. */
async function cacheOf(directory: string): Promise<GpuPipelineCache> {
  const program = `
    const { filters, gpu, GpuImage, Image } = await import(${JSON.stringify(entry)});
    const edges = filters.sobel(GpuImage.from(new Image(Float32Array.of(0, 1, 2, 3), { width: 2, height: 2 }))).toImageSync();
    if (edges.data.every((value) => value === 0)) throw new Error("no edges");
    console.log(JSON.stringify(gpu.stats().pipelineCache));`;
  const { stdout } = await run(process.execPath, [TYPESCRIPT, "--input-type=module", "-e", program], {
    env: { ...process.env, TAGSWITCH_GPU_PIPELINE_CACHE: directory },
  });
  return JSON.parse(stdout) as GpuPipelineCache;
}

if (gpuAvailable()) {
  test.serial("kept, read, replaced when damaged", async (t) => {
    const first = await cacheOf(join(folder, "new"));
    if (first.state === "unsupported") {
      t.pass();
      return;
    }
    t.is(first.state, "empty");
    t.true(first.savedBytes > 0);
    t.deepEqual(readdirSync(join(folder, "new")).length, 1, "and no draft");
    t.deepEqual(await cacheOf(join(folder, "new")), {
      ...first,
      state: "loaded",
      loadedBytes: first.savedBytes,
      savedBytes: 0,
    });

    const whole = readFileSync(first.file!);
    const damages = [
      whole.subarray(0, -1),
      whole.map((byte, i) => (i === whole.length - 1 ? byte ^ 1 : byte)),
      "noise",
    ];
    for (const damage of damages) {
      writeFileSync(first.file!, damage);
      const { state, loadedBytes, savedBytes } = await cacheOf(join(folder, "new"));
      t.deepEqual([state, loadedBytes, savedBytes > 0], ["damaged", 0, true]);
    }
    t.is((await cacheOf(join(folder, "new"))).state, "loaded");
  });

  test.serial("a folder that cannot be made is said, and no more", async (t) => {
    const inTheWay = join(folder, "file");
    writeFileSync(inTheWay, "");
    const { state, savedBytes, problem } = await cacheOf(join(inTheWay, "folder"));
    if (state === "unsupported") {
      t.pass();
      return;
    }
    t.deepEqual([state, savedBytes], ["empty", 0]);
    t.true(problem !== undefined && problem !== "");
  });

  test.serial("the environment can forbid it", async (t) => {
    const { state, file } = await cacheOf("none");
    t.true(state === "off" || state === "unsupported");
    t.is(file, undefined);
  });
}
