import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import test from "ava";
import { TYPESCRIPT } from "../typescript.ts";

const run = promisify(execFile);

for (const entry of ["index.ts", "image/index.ts"]) {
  test(`importing src/${entry} loads no graphics driver, and so made no wgpu instance`, async (t) => {
    const module = JSON.stringify(pathToFileURL(join(import.meta.dirname, "../../src", entry)).href);
    const script = `await import(${module}); console.log(JSON.stringify(process.report.getReport().sharedObjects))`;
    const { stdout } = await run(process.execPath, [TYPESCRIPT, "--input-type=module", "--eval", script]);
    const libraries = JSON.parse(stdout) as string[];
    t.true(libraries.some((name) => name.includes("tagswitch")));
    t.deepEqual(
      libraries.filter((name) => /vulkan|lavapipe|libvk_|lvp|libGL|d3d12/i.test(name)),
      [],
    );
  });
}
