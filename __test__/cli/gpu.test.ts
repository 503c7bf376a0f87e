import { execFile } from "node:child_process";
import { join } from "node:path";
import test from "ava";
import { gpuAvailable } from "../image/gpu-available.ts";
import { TYPESCRIPT } from "../typescript.ts";

const root = join(import.meta.dirname, "../..");

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

function tagswitchGpu(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const env = { ...process.env, TAGSWITCH_GPU_PIPELINE_CACHE: "none", ...environment };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [TYPESCRIPT, join(root, "src/cli/index.ts"), "gpu", ...args],
      { cwd: root, env },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test("without a GPU it says what is missing, on stderr, with exit code 1", async (t) => {
  const { code, stdout, stderr } = await tagswitchGpu([], { TAGSWITCH_WGPU_ADAPTER: "none" });
  t.is(code, 1);
  t.is(stdout, "");
  t.regex(stderr, /^tagswitch: ERR_GPU_NO_ADAPTER: gpu: .*TAGSWITCH_WGPU_ADAPTER forbids it\n$/);
});

test("arguments that make no sense", async (t) => {
  const { code, stderr } = await tagswitchGpu(["--jsn"]);
  t.is(code, 2);
  t.regex(stderr, /^tagswitch: Unknown option '--jsn'.* See: tagswitch gpu --help\n$/);
});

if (gpuAvailable()) {
  test("--json: adapter, features, limits, times, pool and cache", async (t) => {
    const { code, stdout } = await tagswitchGpu(["--json"], { TAGSWITCH_GPU_POOL_BYTES: "4096" });
    t.is(code, 0);
    const { adapter, features, limits, stats, firstResultMilliseconds } = JSON.parse(stdout) as Record<
      string,
      Record<string, unknown>
    >;
    t.is(typeof adapter!["name"], "string");
    t.true(Array.isArray(features));
    t.true(Number(limits!["maxBufferSize"]) >= Number(adapter!["largestImage"]));
    t.true(Number(firstResultMilliseconds) > 0);
    t.is(stats!["poolLimit"], 4096);
    t.true(Number(stats!["pipelines"]) > 0 && Number(stats!["pipelineHits"]) > 0);
    t.regex(
      JSON.stringify(stats!["pipelineCache"]),
      /^\{"state":"(off|unsupported)","loadedBytes":0,"savedBytes":0\}$/,
    );
  });

  test("in tables for people", async (t) => {
    const { code, stdout } = await tagswitchGpu([]);
    t.is(code, 0);
    for (const line of [/name +│ \S/, /maxBufferSize +│ \d+/, /poolHits +│ \d+/, /first result +│ [\d.]+ ms/]) {
      t.regex(stdout, line);
    }
  });
}
