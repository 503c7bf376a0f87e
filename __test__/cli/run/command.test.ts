import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { TYPESCRIPT } from "../../typescript.ts";
import { readRequest, type RequestOptions } from "../../../src/cli/run/request.ts";
import { Image, io } from "../../../src/image/index.ts";

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "tagswitch-run-"));
const at = (name: string): string => join(folder, name);

test.before(() => {
  for (const name of ["a.png", "b.png"]) {
    io.imsave(at(name), new Image(Uint8Array.of(0, 90, 250, 9), { width: 2, height: 2 }));
  }
  writeFileSync(at("pipeline.json"), JSON.stringify({ steps: [{ function: "util.invert" }] }));
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

function run(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [TYPESCRIPT, join(root, "src/cli/index.ts"), "run", ...args],
      { cwd: folder },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test("one file, with its trace", async (t) => {
  const { code, stdout, stderr } = await run(
    "a.png",
    "edges.tif",
    "filters.gaussian:sigma=1",
    "filters.sobel",
    "--trace",
  );
  t.is(stderr, "");
  t.is(code, 0);
  t.regex(stdout, /^a\.png → edges\.tif, \d+ ms\n┌[^]*filters\.gaussian +│ (native|default)[^]*filters\.sobel/);
  t.is(io.imread(at("edges.tif")).dtype, "float32");
});

test("without an output the result is shown: a number, a picture", async (t) => {
  t.deepEqual(await run("a.png", "filters.thresholdMean"), { code: 0, stdout: "87.25\n", stderr: "" });
  t.deepEqual(await run("a.png", "util.greater:100"), { code: 0, stdout: "+\n", stderr: "" });
});

test("--json", async (t) => {
  const { stdout } = await run("a.png", "filters.thresholdMean", "--json", "--backend=default", "--trace");
  const { files, ...rest } = JSON.parse(stdout) as { files: Record<string, unknown>[] };
  t.deepEqual(rest, { schema: "tagswitch/run/1", ok: true } as never);
  t.like(files[0], { input: "a.png", state: "done", output: null, note: null, value: 87.25 });
  t.deepEqual(Object.keys(files[0]!), ["input", "state", "output", "note", "value", "milliseconds", "trace"]);
  t.like(files[0]!["trace"], { schemaVersion: 1, calls: [{ function: "filters.thresholdMean", backend: "default" }] });
});

test("many files: failures on stderr, exit code 1, the others done", async (t) => {
  writeFileSync(at("broken.png"), "no image");
  const args = ["--pipeline", "pipeline.json", "--out-dir", "out", "--jobs", "1"];
  const { code, stdout, stderr } = await run(...args, "a.png", "broken.png", "b.png");
  t.is(code, 1);
  t.is(stdout, "2 done, 1 failed\n");
  t.regex(stderr, /^tagswitch: ERR_IMAGE_FORMAT: broken\.png: [^\n]*\n$/);
  t.deepEqual([...io.imread(at("out/b.png")).data], [255, 165, 5, 246]);
  t.deepEqual(await run(...args, "a.png", "b.png"), { code: 0, stdout: "2 passed over\n", stderr: "" });
});

test("names that are not the library's: what was meant, nothing on stdout, exit code 2", async (t) => {
  t.deepEqual(await run("a.png", "c.png", "filters.gausian"), {
    ...{ code: 2, stdout: "" },
    stderr: 'tagswitch: step 1: there is no function "filters.gausian"; did you mean filters.gaussian?\n',
  });
  const { code, stderr } = await run("a.png", "c.png", "filters.sobel", "--backend", "nativ");
  t.is(code, 2);
  t.is(stderr, 'tagswitch: --backend is "nativ"; did you mean native?\n');
});

test("a folder or a page that cannot be written is a message before anything runs, exit code 2", async (t) => {
  const batch = await run("--pipeline", "pipeline.json", "--out-dir", "a.png/out", "b.png");
  t.like(batch, { code: 2, stdout: "" });
  t.regex(batch.stderr, /^tagswitch: --out-dir is "a\.png\/out", which cannot be made: ENOTDIR[^\n]*\n$/);
  t.deepEqual(await run("a.png", "unmade.png", "util.invert", "--report", "missing/page.html"), {
    ...{ code: 2, stdout: "" },
    stderr: 'tagswitch: --report is "missing/page.html", but there is no folder missing\n',
  });
  t.false(existsSync(at("unmade.png")));
  mkdirSync(at("folder.html"));
  const { code, stderr } = await run("a.png", "made.png", "util.invert", "--report", "folder.html");
  t.is(code, 1);
  t.regex(stderr, /^tagswitch: folder\.html cannot be written: E[^\n]*\n$/);
  t.true(existsSync(at("made.png")));
});

const senseless: [options: RequestOptions, positionals: string[], message: RegExp][] = [
  [{}, [], /^run on what\? Give an input/],
  [{}, ["a.png"], /^no step given/],
  [{}, ["a.png", "c.png"], /^no step given/],
  [{ jobs: "2" }, ["a.png", "util.invert"], /^--jobs is for many inputs; give --out-dir too$/],
  [
    { pipeline: "pipeline.json" },
    ["a.png", "c.png", "util.invert"],
    /^unexpected argument "util\.invert": the steps are in/,
  ],
  [{ "out-dir": "out" }, ["a.png"], /^--out-dir needs --pipeline/],
  [{ "out-dir": "out", pipeline: "pipeline.json", jobs: "0" }, ["a.png"], /^--jobs is "0"/],
  [
    { "out-dir": "out", pipeline: "pipeline.json", format: "gif" },
    ["a.png"],
    /^--format is "gif"; expected one of png,/,
  ],
  [{ "out-dir": "out", pipeline: "pipeline.json" }, ["a.png", "x/a.jpg"], /would have the same output/],
  [{}, ["a.png", "a.png", "util.invert"], /a\.png is an input too, and inputs are not overwritten$/],
  [{}, ["a.png", "link.png", "util.invert"], /link\.png is an input too/],
  [{ "out-dir": ".", pipeline: "pipeline.json" }, ["a.png"], /a\.png is an input too/],
  [{ pipeline: "pipeline.json" }, ["a.png", "pipeline.json"], /pipeline\.json is an input too/],
];

for (const [options, positionals, message] of senseless) {
  test.serial(`${JSON.stringify(options)} ${positionals.join(" ")}: ${message.source}`, (t) => {
    rmSync(at("link.png"), { force: true });
    symlinkSync(at("a.png"), at("link.png"));
    const absolute = (name: string): string =>
      name.includes(".") && !name.startsWith("util") ? join(folder, name) : name;
    const { pipeline, "out-dir": out, ...rest } = options;
    const given = {
      ...rest,
      ...(pipeline !== undefined && { pipeline: absolute(pipeline) }),
      ...(out !== undefined && { "out-dir": join(folder, out) }),
    };
    t.throws(() => readRequest(given, positionals.map(absolute)), { name: "UsageError", message });
  });
}

test("what a request is", (t) => {
  const steps = [{ function: "util.invert", arguments: [], options: {} }];
  t.deepEqual(readRequest({}, ["a.jpg", "B.TIF", "util.invert"]), { input: "a.jpg", output: "B.TIF", steps });
  t.deepEqual(readRequest({}, ["a.jpg", "util.invert"]), { input: "a.jpg", output: undefined, steps });
  const pipeline = at("pipeline.json");
  t.deepEqual(readRequest({ pipeline }, ["a.jpg", "n.csv"]), { input: "a.jpg", output: "n.csv", steps });
  const many = { pipeline, "out-dir": at("new"), format: "TIF", jobs: "3" };
  t.deepEqual(readRequest(many, ["a.jpg", "b.jpg"]), {
    ...{ inputs: ["a.jpg", "b.jpg"], folder: at("new"), ending: ".tif", jobs: 3, steps },
  });
});

test("the schema is among what users may import", (t) => {
  const { exports, files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    exports: Record<string, unknown>;
    files: string[];
  };
  t.is(exports["./pipeline.schema.json"], "./pipeline.schema.json");
  t.true(files.includes("pipeline.schema.json"));
});
