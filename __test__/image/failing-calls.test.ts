// Calls that fail leave nothing behind.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import test from "ava";
import { TYPESCRIPT } from "../typescript.ts";

test("memory stays flat over 10,000 failing calls", (t) => {
  const script = `
    import { readdirSync, readFileSync } from "node:fs";
    import { io } from "./src/image/index.ts";
    import { refusals } from "./__test__/image/refused/index.ts";
    const folder = ${JSON.stringify(fileURLToPath(new URL("hostile/", import.meta.url)))};
    const files = readdirSync(folder).map((file) => readFileSync(folder + file));
    const calls = [...refusals.map(([, call]) => call), ...files.map((file) => () => io.imread(file))];
    let failed = 0;
    const fail = (count) => {
      for (let i = 0; i < count; i++) {
        try { calls[i % calls.length](); } catch { failed += 1; }
      }
      global.gc();
      return process.memoryUsage();
    };
    fail(3 * calls.length);
    const before = fail(calls.length);
    failed = 0;
    const after = fail(10_500);
    console.log(JSON.stringify({ failed, heap: after.heapUsed - before.heapUsed, rss: after.rss - before.rss }));`;
  const flags = ["--expose-gc", TYPESCRIPT, "--input-type=module", "-e", script];
  const run = spawnSync(process.execPath, flags, { encoding: "utf8" });
  t.is(run.status, 0, run.stderr);
  const { failed, heap, rss } = JSON.parse(run.stdout) as Record<string, number>;
  t.true(failed! >= 10_000, `${failed} failed`);
  // Less than a hundred bytes a call, and no more of the process's than its allocators keep.
  t.true(heap! < 1e6, `the heap grew by ${heap} bytes`);
  t.true(rss! < 24e6, `the process grew by ${rss} bytes`);
});
