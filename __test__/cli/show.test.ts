import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { TYPESCRIPT } from "../typescript.ts";
import { Image, io } from "../../src/image/index.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "tagswitch-show-"));
const at = (name: string): string => join(folder, name);

test.after.always(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

function show(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const { FORCE_COLOR: _forced, NO_COLOR: _none, ...inherited } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [TYPESCRIPT, join(root, "src/cli/index.ts"), "show", ...args],
      { cwd: folder, env: { ...inherited, ...environment } },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

const slope = new Image(
  Uint8Array.from({ length: 8 * 4 }, (_, i) => (i % 8) * 36),
  { width: 8, height: 4 },
);

test("in a pipe, shades of text and what is in the file", async (t) => {
  io.imsave(at("slope.png"), slope);
  t.deepEqual(await show(["slope.png"]), {
    code: 0,
    stdout: " .:=+#%@\n .:=+#%@\nslope.png: 8 × 4, 1 channel, uint8, from 0 to 252\n",
    stderr: "",
  });
});

test("colours where they are asked for, but not with NO_COLOR", async (t) => {
  const name = at("red.webp");
  io.imsave(name, new Image(Uint8Array.of(255, 0, 0, 0, 0, 255), { width: 1, height: 2, channels: 3 }));
  const { stdout } = await show([name], { FORCE_COLOR: "3" });
  t.true(stdout.startsWith("\u001B[38;2;255;0;0m\u001B[48;2;0;0;255m▀\u001B[0m\n"), JSON.stringify(stdout));
  t.false((await show([name], { NO_COLOR: "1" })).stdout.includes("\u001B"));
});

test("--columns", async (t) => {
  io.imsave(at("wide.tif"), new Image(new Float32Array(40 * 20).fill(1), { width: 40, height: 20 }));
  t.regex((await show(["wide.tif", "--columns=6"])).stdout, /^(@{6}\n){2}wide\.tif: 40 × 20, 1 channel, float32/);
});

test("--json", async (t) => {
  const data = Float64Array.of(-1.5, 0.25, NaN, 0.5, 7, 1, Infinity, 0, 2, 0, 0, 9);
  io.imsave(at("floats.tif"), new Image(data, { width: 3, height: 1, channels: 4 }));
  const { code, stdout } = await show(["floats.tif", "--json"]);
  t.is(code, 0);
  t.deepEqual(JSON.parse(stdout), {
    ...{ file: "floats.tif", width: 3, height: 1, channels: 4, alpha: true },
    ...{ dtype: "float64", range: [-1.5, 7] },
  });
});

test("a file that is no image: what is wrong, nothing on stdout, exit code 1", async (t) => {
  writeFileSync(at("text.png"), "no picture");
  const { code, stdout, stderr } = await show(["text.png"]);
  t.is(code, 1);
  t.is(stdout, "");
  t.regex(stderr, /^tagswitch: ERR_IMAGE_FORMAT: text\.png: /);
  t.regex((await show(["missing.png"])).stderr, /^tagswitch: ERR_IMAGE_FILE: missing\.png: /);
});

test("arguments that make no sense", async (t) => {
  for (const [args, message] of [
    [[], /^tagswitch: show what\? Give a file\. See: tagswitch show --help\n$/],
    [["a.png", "b.png"], /^tagswitch: unexpected argument "b\.png"/],
    [["a.png", "--columns", "many"], /^tagswitch: --columns is "many"; expected a whole number of at least 1\n$/],
  ] as const) {
    const { code, stderr } = await show([...args]);
    t.is(code, 2);
    t.regex(stderr, message);
  }
});
