// Files that are damaged or lie, of scripts/hostile-files.mjs: each is refused by a typed error and ends nothing.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import test from "ava";
import { TYPESCRIPT } from "../typescript.ts";

const folder = fileURLToPath(new URL("hostile/", import.meta.url));
const files = readdirSync(folder);

/** What is harmless enough to be read: nothing that is missing is made up. */
const READ: Readonly<Record<string, string>> = {
  "png-palette-of-opacity-beyond-it.png": "2,2,3",
  "tiff-strip-of-zero-bytes.tif": "2,2",
  "webp-chunk-of-4-gigabytes.webp": "12,16,4",
};

/** What asks for too much. */
const TOO_LARGE: ReadonlySet<string> = new Set([
  "jpeg-size-of-65535.jpg",
  "png-bomb.png",
  "png-row-beyond-memory.png",
  "png-size-beyond-memory.png",
  "png-width-beyond-31-bits.png",
  "tiff-a-billion-strips.tif",
  "tiff-row-beyond-memory.tif",
  "tiff-size-beyond-memory.tif",
  "tiff-strip-of-4-gigabytes.tif",
]);

test("hostile files are refused by typed errors, and nothing is printed", (t) => {
  const script = `
    import { join } from "node:path";
    import { ImageError, io } from "./src/image/index.ts";
    const outcome = async (read) => {
      try { return (await read()).shape.join(); }
      catch (error) { return error instanceof ImageError ? error.code + " " + error.message : "untyped: " + error; }
    };
    const outcomes = {};
    for (const file of ${JSON.stringify(files)}) {
      const path = join(${JSON.stringify(folder)}, file);
      outcomes[file] = [await outcome(() => io.imread(path)), await outcome(() => io.imread.async(path))];
    }
    console.log(JSON.stringify(outcomes));`;
  const options = { encoding: "utf8", maxBuffer: 1 << 26 } as const;
  const run = spawnSync(process.execPath, [TYPESCRIPT, "--input-type=module", "-e", script], options);
  t.deepEqual([run.status, run.stderr], [0, ""]);
  const outcomes = JSON.parse(run.stdout) as Record<string, [string, string]>;
  t.is(Object.keys(outcomes).length, 93);
  for (const [file, [outcome, later]] of Object.entries(outcomes)) {
    t.is(later, outcome, `${file}, asynchronously`);
    const code = TOO_LARGE.has(file) ? "LIMIT" : "FORMAT";
    if (READ[file] !== undefined) t.is(outcome, READ[file], file);
    else t.true(outcome.startsWith(`ERR_IMAGE_${code} ${folder}${file}: `), `${file}: ${outcome}`);
  }
});
