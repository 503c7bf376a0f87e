// The main job, as users run it: node examples/photograph/main.ts, against the built package.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { type DType, Image, io } from "../../src/image/index.ts";
import { zeros } from "../../src/image/image.ts";

const ROOT = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "tagswitch-photograph-"));
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const command = ["--import", import.meta.resolve("tsx"), join(ROOT, "examples/photograph/main.ts"), ...args];
  // Mesa complains where the variable is missing; scripts/start.mjs sets it.
  const all = { XDG_RUNTIME_DIR: folder, ...process.env, ...env };
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: folder, env: all }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

/** Some bright discs on dark ground, with noise. */
function discs(dtype: DType, channels: number): Image {
  const image = zeros(dtype, { width: 61, height: 43, channels, alpha: channels === 2 || channels === 4 });
  const white = { uint8: 255, uint16: 65_535, int32: 2_147_483_647, float32: 1, float64: 1 }[dtype];
  let random = 1;
  for (let i = 0; i < image.data.length; i++) {
    random = (random * 48_271) % 2_147_483_647;
    const pixel = Math.floor(i / channels);
    const [row, column] = [Math.floor(pixel / 61), pixel % 61];
    const inside = [8, 30, 50].some((x) => (row - 20) ** 2 + (column - x) ** 2 < 36);
    // Where there is opacity, everything is half transparent.
    const isOpacity = image.alpha && i % channels === channels - 1;
    const level = isOpacity ? 0.5 : (inside ? 0.8 : 0.1) + (0.05 * random) / 2_147_483_647;
    image.data[i] = white === 1 ? level : Math.round(level * white);
  }
  return image;
}

function written(name: string, image: Image): string {
  const path = join(folder, name);
  io.imsave(path, image);
  return path;
}

test("the shipped photograph: every backend runs, they agree, and there is a picture", async (t) => {
  t.timeout(120_000);
  const picture = join(folder, "shipped.png");
  const { status, stdout, stderr } = await run(["--output", picture]);
  t.is(stderr, "");
  t.is(status, 0);
  for (const title of ["No choice", "default, put first", "native, put first", "wgpu, put first"]) {
    t.true(stdout.includes(title), title);
  }
  t.regex(stdout, /filters\.gaussian +native .* wgpu \(refused¹\)/);
  t.regex(stdout, /¹ no argument is of its primary types/);
  t.regex(stdout, /They agree\./);
  t.regex(stdout, /tagswitch, inside backend\(…\) +\d/);
  t.true(stdout.includes("The picture: shipped.png"));
  t.false(stdout.includes("\u001B"), "no colours outside a terminal");
  t.notRegex(stdout, /NaN|undefined| $/m);
  t.deepEqual(io.imread(picture).shape, [640, 840, 3]);
});

test("its figures as JSON, and nothing else", async (t) => {
  const picture = join(folder, "figures.png");
  const { status, stdout } = await run(["--json", "--no-bench", "--backend", "native,default", "--output", picture]);
  t.is(status, 0);
  const report = JSON.parse(stdout) as ReturnType<typeof JSON.parse>;
  t.deepEqual(
    report.runs.map(({ backend, regions }: { backend: string; regions: number }) => [backend, regions > 100]),
    [
      ["native", true],
      ["default", true],
    ],
  );
  t.is(report.runs[0].first.steps.length, 7);
  t.true(report.comparisons.every(({ agrees }: { agrees: boolean }) => agrees));
});

for (const [name, dtype, channels] of [
  ["grey.png", "uint8", 1],
  ["grey-alpha.png", "uint8", 2],
  ["rgb16.png", "uint16", 3],
  ["rgba.png", "uint8", 4],
  ["float.tif", "float32", 3],
  ["double.tif", "float64", 3],
] as const) {
  test(`a user's own: ${name}`, async (t) => {
    t.timeout(60_000);
    const photograph = written(name, discs(dtype, channels));
    const picture = join(folder, `${name}.out.png`);
    const { status, stdout, stderr } = await run([photograph, "--no-bench", "--sigma", "1", "--output", picture]);
    t.is(stderr, "");
    t.is(status, 0);
    t.regex(stdout, /They agree\./);
    t.regex(stdout, /native +3 /, "three discs");
    t.deepEqual(io.imread(picture).shape, [43, 61, 3]);
  });
}

test("without a driver the rest runs, and what is missing is said", async (t) => {
  const photograph = written("no-driver.png", discs("uint8", 3));
  const output = ["--output", join(folder, "no-driver.out.png")];
  const env = { TAGSWITCH_WGPU_ADAPTER: "none" };
  const all = await run([photograph, "--no-bench", ...output], env);
  t.is(all.status, 0);
  t.regex(all.stdout, /not run: .*no GPU adapter/);
  const chosen = await run([photograph, "--no-bench", "--backend", "wgpu", ...output], env);
  t.is(chosen.status, 1, "the GPU was asked for");
  t.regex(chosen.stderr, /wgpu cannot run: .*no GPU adapter/);
  const both = await run([photograph, "--no-bench", "--backend", "wgpu,native", ...output], env);
  t.is(both.status, 1);
  t.true(existsSync(output[1]!), "the other one wrote its picture");
});

test("files that are none: a message with a code, no stack", async (t) => {
  const truncated = join(folder, "truncated.jpg");
  writeFileSync(truncated, readFileSync(join(ROOT, "examples/photograph/deep-field.jpg")).subarray(0, 50_000));
  const empty = join(folder, "empty.png");
  writeFileSync(empty, "");
  const five = written("nan.tif", new Image(new Float32Array(12).fill(Number.NaN), { width: 4, height: 3 }));
  for (const [file, code] of [
    ["missing.jpg", "ERR_IMAGE_FILE"],
    [folder, "ERR_IMAGE_FILE"],
    [truncated, "ERR_IMAGE_FORMAT"],
    [empty, "ERR_IMAGE_FORMAT"],
    [five, "ERR_IMAGE_VALUE"],
  ] as const) {
    const { status, stderr } = await run([file, "--no-bench", "--output", join(folder, "none.png")]);
    t.is(status, 1, file);
    t.true(stderr.includes(`[${code}]`), `${file}: ${stderr}`);
    t.notRegex(stderr, /^ +at /m, file);
  }
});

test("floats that are no intensities are refused before the work", async (t) => {
  const image = discs("float32", 1);
  image.data[7] = 300;
  const { status, stdout, stderr } = await run([written("bright.tif", image)]);
  t.is(status, 1);
  t.is(stdout, "");
  t.regex(
    stderr,
    /bright\.tif: it holds 300; floats of a photograph lie from -1 to 1, so scale them first \[ERR_IMAGE_VALUE\]\n$/,
  );
});

test("arguments that make no sense: what is wrong, and where to read on", async (t) => {
  for (const [args, message] of [
    [["--backend", "cuda"], /no backend "cuda"; there are default, native, wgpu/],
    [["--sigma", "-1"], /--sigma is "-1"|argument/],
    [["--sigma=wide"], /--sigma is "wide"; expected a number/],
    [["--sigma", ""], /--sigma is ""/],
    [["--output", "picture.gif"], /ends in \.png/],
    [["--output", "no/such/folder/a.png"], /a folder that does not exist/],
    [["--frobnicate"], /Unknown option '--frobnicate'/],
    [["a.jpg", "b.jpg"], /one photograph at a time/],
  ] as const) {
    const { status, stderr } = await run(args);
    t.is(status, 2, args.join(" "));
    t.regex(stderr, message);
    t.regex(stderr, /--help/);
  }
  const help = await run(["--help"]);
  t.is(help.status, 0);
  t.regex(help.stdout, /--backend a,b/);
});
