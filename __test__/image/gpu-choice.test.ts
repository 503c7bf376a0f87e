// When wgpu runs for images in main memory, each time in a process of its own with a cache of its own.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import test from "ava";
import { addon } from "../../src/addon.ts";
import type { SpeedProfile } from "../../src/image/gpu-cost.ts";
import { gpu, GpuError } from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";
import { TYPESCRIPT } from "../typescript.ts";

const run = promisify(execFile);
const entry = new URL("../../src/image/index.ts", import.meta.url).href;
const dispatcher = new URL("../../src/index.ts", import.meta.url).href;

/** A cache folder for one test. */
function cache(t: { teardown: (end: () => void) => void }): string {
  const made = mkdtempSync(join(tmpdir(), "tagswitch-choice-"));
  t.teardown(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/**
 * What a program prints. `ran(call)` tells which backend ran, and why wgpu did not; `image` is 64 × 64.
 */
async function printed(program: string, folder: string, environment: Record<string, string> = {}): Promise<string[]> {
  const source = `
    const { trace } = await import(${JSON.stringify(dispatcher)});
    const { backend, filters, gpu, GpuImage, Image, measure } = await import(${JSON.stringify(entry)});
    const image = new Image(new Float32Array(4096), { width: 64, height: 64 });
    const ran = (call) => {
      const [{ backend: name, considered }] = trace(call).calls;
      const refusal = considered.find((one) => one.backend === "wgpu")?.reason;
      console.log(name === "wgpu" ? name : name + ": " + refusal);
    };
    ${program}`;
  const { TAGSWITCH_WGPU_ADAPTER: _a, TAGSWITCH_WGPU_CHOICE: _b, ...inherited } = process.env;
  const here = { XDG_CACHE_HOME: folder, LOCALAPPDATA: folder, TAGSWITCH_GPU_PIPELINE_CACHE: "none" };
  const env = { ...inherited, ...here, ...environment };
  const { stdout } = await run(process.execPath, [TYPESCRIPT, "--input-type=module", "-e", source], { env });
  return stdout.trim().split("\n");
}

const FIRST = 'ran(() => backend("wgpu", () => filters.gaussian(image)));';
const FORCED = `
  ran(() => filters.gaussian(image, { backend: "wgpu" }));
  ran(() => backend({ exclusive: "wgpu" }, () => filters.gaussian(image)));`;
const RESIDENT = "ran(() => filters.gaussian(GpuImage.from(image)));";

test("a choice that is none is refused", (t) => {
  for (const wrong of ["never", "", undefined, 1] as never[]) {
    t.throws(() => gpu.setChoice(wrong), { instanceOf: GpuError, code: "ERR_GPU_ARGUMENT" });
  }
});

if (gpuAvailable()) {
  const adapter = addon.gpuAdapter(true);
  const named = { TAGSWITCH_WGPU_ADAPTER: adapter.name };

  if (adapter.deviceType === "software") {
    test("a software adapter is not chosen, unless forced", async (t) => {
      const lines = await printed(`${FIRST} console.log(gpu.stats()); ${FORCED} ${RESIDENT}`, cache(t));
      t.regex(lines[0]!, /^native: software adapter: native is faster/);
      t.deepEqual(lines.slice(1), ["undefined", "wgpu", "wgpu", "wgpu"]);
    });

    test("a software adapter that is named is measured, and loses", async (t) => {
      const folder = cache(t);
      const lines = await printed(`${FIRST} ${FORCED} ${RESIDENT}`, folder, named);
      t.regex(lines[0]!, /^native: 64×64: about [\d.]+ ms on the GPU, [\d.]+ ms native$/);
      t.deepEqual(lines.slice(1), ["wgpu", "wgpu", "wgpu"]);
    });
  }

  test("what was measured is kept: the next process makes no device to decide", async (t) => {
    const folder = cache(t);
    const decide = `
      ${FIRST.replace("ran(", "trace(")}
      console.log(gpu.stats() === undefined);`;
    // Whatever the device, a pixel does not pay.
    const program = decide.replace("image)", "new Image(new Uint8Array(1), { width: 1, height: 1 }))");
    t.deepEqual(await printed(program, folder, named), ["false"]);
    t.is(readdirSync(join(folder, "tagswitch")).length, 1);
    t.deepEqual(await printed(program, folder, named), ["true"]);
  });

  test("once it has been decided by, a profile is at hand: calls ask the system for nothing", async (t) => {
    const program = `
      const os = process.getBuiltinModule("node:os"), fs = process.getBuiltinModule("node:fs");
      const asked = [];
      for (const [of, name] of [[os, "cpus"], [fs, "readFileSync"]]) {
        const own = of[name];
        of[name] = (...args) => { asked.push(name); return own(...args); };
      }
      process.getBuiltinModule("node:module").syncBuiltinESMExports();
      const call = () => backend("wgpu", () => filters.gaussian(image));
      call();
      console.log(asked.includes("cpus"));
      asked.length = 0;
      for (let i = 0; i < 3; i++) call();
      console.log(asked.length);`;
    t.deepEqual(await printed(program, cache(t), named), ["true", "0"]);
  });

  test("what is kept decides, with its numbers; a damaged file is measured again", async (t) => {
    const folder = cache(t);
    await printed(FIRST, folder, named);
    const file = join(folder, "tagswitch", readdirSync(join(folder, "tagswitch"))[0]!);
    const kept = JSON.parse(readFileSync(file, "utf8")) as { key: object; profile: SpeedProfile };
    const put = (speeds: SpeedProfile): void => writeFileSync(file, JSON.stringify({ ...kept, profile: speeds }));
    const native = { call: 1e-6, memory: 1e10, taps: 1e10 };
    put({ gpu: { roundTrip: 1e-9, kernel: 1e-9, upload: 1e15, download: 1e15, memory: 1e15, taps: 1e15 }, native });
    t.deepEqual(await printed(FIRST, folder, named), ["wgpu"]);
    put({ gpu: { roundTrip: 0.75, kernel: 1e-9, upload: 1e15, download: 1e15, memory: 1e15, taps: 1e15 }, native });
    t.regex((await printed(FIRST, folder, named))[0]!, /^native: 64×64: about 750 ms on the GPU, 0\.0\d+ ms native$/);
    const wrong = 'backend("wgpu", () => filters.gaussian(image, { sigma: -1 }))';
    const error = `try { ${wrong} } catch (error) { console.log(error.code) }`;
    t.deepEqual(await printed(error, folder, named), ["ERR_IMAGE_OPTION"]);
    writeFileSync(file, "{");
    await printed(FIRST, folder, named);
    t.deepEqual((JSON.parse(readFileSync(file, "utf8")) as typeof kept).key, kept.key);
  });

  test("the choice can be switched off, from outside and inside", async (t) => {
    const folder = cache(t);
    t.deepEqual(await printed(FIRST, folder, { TAGSWITCH_WGPU_CHOICE: "always" }), ["wgpu"]);
    const inside = `gpu.setChoice("always"); ${FIRST} ran(() => filters.gaussian(image));`;
    const lines = await printed(inside, folder);
    t.is(lines[0], "wgpu");
    t.regex(lines[1]!, /^native/);
    t.false(readdirSync(folder).includes("tagswitch"));
  });

  test("nonsense in the environment is a reason", async (t) => {
    const lines = await printed(FIRST, cache(t), { TAGSWITCH_WGPU_CHOICE: "sometimes" });
    t.deepEqual(lines, ['native: TAGSWITCH_WGPU_CHOICE is "sometimes"; expected "measured" or "always"']);
  });
}
