import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import test from "ava";
import { addon } from "../../src/addon.ts";
import { geometry, Point } from "./library.ts";
import { TYPESCRIPT } from "../typescript.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const library = new URL("library.ts", import.meta.url).href;
const source = (file: string, from: string = root): string =>
  JSON.stringify(pathToFileURL(join(from, "src", file)).href);

/** What a script prints, run with TypeScript loaded. */
async function output(script: string, ...flags: string[]): Promise<string> {
  const args = [...flags, TYPESCRIPT, "--input-type=module", "--eval", script];
  return (await run(process.execPath, args, { cwd: root })).stdout.trim();
}

test("workers see the same tags, and may end in the middle of calls", async (t) => {
  const { who } = geometry();
  const here = addon.internType("realms:Shared");
  const workers = Array.from({ length: 3 }, () => new Worker(new URL("worker.mjs", import.meta.url)));
  const messages = await Promise.all(
    workers.map(
      (worker) =>
        new Promise((resolve, reject) => {
          worker.once("message", resolve);
          worker.once("error", reject);
        }),
    ),
  );
  await Promise.all(workers.map((worker) => worker.terminate()));
  t.deepEqual(messages, [here, here, here]);
  t.is(who(new Point(0)), "default");
});

test("where code generation is forbidden, the same answers", async (t) => {
  const script = `
    import { geometry, Point, DevicePoint } from ${JSON.stringify(library)};
    let forbidden = false;
    try { new Function("return 1"); } catch { forbidden = true; }
    const { system, shift, who } = geometry();
    const answers = [];
    for (let i = 0; i < 3; i++) {
      answers.push(who(new Point(0)), who(new DevicePoint(0)), who(new Point(0), { backend: "device" }));
      answers.push(system.backend("device", () => who(new Point(0))), shift(new Point(1), { by: 2 }).x, shift.name, shift.length);
    }
    console.log(JSON.stringify([forbidden, answers]));`;
  const [forbidden, answers] = JSON.parse(await output(script, "--disallow-code-generation-from-strings")) as [
    boolean,
    unknown[],
  ];
  t.true(forbidden);
  const once = ["default", "device", "device", "device", 3, "shift", 1];
  t.deepEqual(answers, [...once, ...once, ...once]);
});

test("two copies of the package in one process are an error that names both", async (t) => {
  const copy = await mkdtemp(join(tmpdir(), "tagswitch-copy-"));
  t.teardown(() => rm(copy, { recursive: true }));
  for (const part of ["src", "build/Release", "index.d.ts"])
    await cp(join(root, part), join(copy, part), { recursive: true });
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  await writeFile(join(copy, "package.json"), JSON.stringify({ name: "tagswitch", version: "9.9.9", type: "module" }));
  const script = `
    await import(${source("index.ts")});
    try {
      await import(${source("index.ts", copy)});
    } catch (error) {
      console.log(error.code, error.message);
    }`;
  const printed = await output(script);
  t.regex(printed, /^ERR_DISPATCH_DUPLICATE_COPY two copies of tagswitch in one process: \d/);
  t.true(printed.includes(copy) && printed.includes("9.9.9"));
});

test("a missing addon is an error that says how to get one", async (t) => {
  const copy = await mkdtemp(join(tmpdir(), "tagswitch-bare-"));
  t.teardown(() => rm(copy, { recursive: true }));
  for (const part of ["src", "scripts/build-addon.mjs"])
    await cp(join(root, part), join(copy, part), { recursive: true });
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  await writeFile(join(copy, "package.json"), JSON.stringify({ name: "tagswitch", version: "9.9.9", type: "module" }));
  const script = `
    try {
      await import(${source("index.ts", copy)});
    } catch (error) {
      console.log(error.code, error.message);
    }`;
  t.regex(await output(script), /^ERR_DISPATCH_ADDON no compiled addon for \S+ in .*run: node .*build-addon\.mjs/);
});
