// Shaders that are none: what is said of them, and where. Needs no GPU.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "ava";
import { GpuError, gpuKernel, type GpuKernelDefinition } from "../../src/image/index.ts";

const BUFFERS = `@group(0) @binding(0) var<storage, read> source: array<f32>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;`;
const HEAD = "@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u)";
const COPY = `${HEAD} {\n  result[id.x] = source[id.x];\n}`;

let made = 0;

/** The error that a definition meets. */
function failure(wgsl: string, rest: object = {}): GpuError {
  try {
    // Of any inputs and parameters: what is wrong is found at run time.
    gpuKernel({ name: `shader.n${made++}`, wgsl, output: "float32", ...rest } as GpuKernelDefinition<
      ["float32"],
      never
    >);
  } catch (error) {
    if (error instanceof GpuError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

/** What is wrong, the shader, what the message has to say, and where: line and column, or nowhere. */
const BROKEN: readonly [
  what: string,
  wgsl: string,
  says: RegExp,
  place: readonly [number, number] | undefined,
  rest?: object,
][] = [
  ["a syntax error", `${BUFFERS}\n${HEAD} {\n  result[id.x] = ;\n}`, /expected expression/, [4, 18]],
  ["an unknown name", `${BUFFERS}\n${HEAD} {\n  result[id.x] = sauce[0];\n}`, /sauce/, [4, 18]],
  [
    "beside letters of several bytes",
    `${BUFFERS}\n${HEAD} {\n  /* äöü€ */ result[id.x] = sauce[0];\n}`,
    /sauce/,
    [4, 29],
  ],
  ["another type", `${BUFFERS}\n${HEAD} {\n  result[id.x] = 1i;\n}`, /./, [4, 3]],
  ["nothing at all", "", /no entry point/, undefined],
  ["no entry point", `${BUFFERS}\nfn main() {}`, /no entry point/, undefined],
  ["two entry points", `${BUFFERS}\n${COPY}\n@compute @workgroup_size(1) fn second() {}`, /two entry points/, [6, 32]],
  ["another stage", `${BUFFERS}\n@fragment fn main() {}`, /no compute shader/, [3, 14]],
  ["too many invocations", `${BUFFERS}\n@compute @workgroup_size(32, 32) fn main() {}`, /32 × 32 × 1/, [3, 37]],
  ["a constant without a value", `${BUFFERS}\noverride N: u32 = 4;\n${COPY}`, /override/, [3, 1]],
  ["a texture", `${BUFFERS}\n@group(0) @binding(2) var t: texture_2d<f32>;\n${COPY}`, /t is no buffer/, [3, 23]],
  ["another group", `${BUFFERS.replace("group(0) @binding(1)", "group(1) @binding(1)")}\n${COPY}`, /group 1/, [2, 23]],
  [
    "no output",
    `@group(0) @binding(0) var<storage, read> source: array<f32>;\n${HEAD} {}`,
    /no output image/,
    undefined,
  ],
  [
    "no input",
    "@group(0) @binding(1) var<storage, read_write> result: array<f32>;\n" + `${HEAD} {}`,
    /no input image/,
    undefined,
  ],
  [
    "two outputs",
    `${BUFFERS}\n@group(0) @binding(2) var<storage, read_write> more: array<f32>;\n${COPY}`,
    /two read_write/,
    [3, 23],
  ],
  [
    "samples that no image has",
    `${BUFFERS.replace("array<f32>", "array<vec2f>")}\n${HEAD} {}`,
    /source holds/,
    [1, 23],
  ],
  [
    "a list of fixed length",
    `${BUFFERS.replace("array<f32>", "array<f32, 9>")}\n${HEAD} {}`,
    /without a length/,
    [1, 23],
  ],
  [
    "bytes as a result",
    `${BUFFERS.replace("write> result: array<f32>", "write> result: array<u32>")}\n${HEAD} {}`,
    /array<u32>/,
    [2, 23],
  ],
  [
    "memory that GPUs lack",
    `${BUFFERS}\nvar<private> p: array<f32, 4000>;\n${COPY}`,
    /16000 bytes; GPUs have 8192/,
    [3, 1],
  ],
  ["very much of it", `${BUFFERS}\nvar<private> p: array<f32, 40000000>;\n${COPY}`, /160000000 bytes/, [3, 1]],
  ["calls of itself", `${BUFFERS}\nfn f() { f(); }\n${COPY}`, /recursi|cyclic|own definition|call/i, [3, 4]],
  [
    "a deep expression",
    `${BUFFERS}\nconst D = ${"(".repeat(5000)}1${")".repeat(5000)};\n${COPY}`,
    /recursion limit/,
    undefined,
  ],
];

for (const [what, wgsl, says, place, rest] of BROKEN) {
  test(`broken: ${what}`, (t) => {
    const { code, message, location, operation } = failure(wgsl, rest);
    t.is(code, "ERR_GPU_SHADER", message);
    t.regex(message, says);
    t.deepEqual(location && [location.line, location.column], place && [...place], message);
    if (location) {
      t.is(location.file, `${operation}.wgsl`);
      t.true(message.includes(`${operation}.wgsl:${location.line}:${location.column}`), message);
      // The line itself, and the place underlined.
      t.true(message.includes(wgsl.split("\n")[location.line - 1]!), message);
      t.regex(message, /\^/);
    }
  });
}

const withStruct = (members: string): string =>
  `struct Params {\n${members}\n}\n${BUFFERS}\n@group(0) @binding(2) var<storage, read> params: Params;\n${COPY}`;

test("parameters are compared with the struct", (t) => {
  const says = (members: string, params: object, expected: RegExp, line: number): void => {
    const { code, message, location } = failure(withStruct(members), { params });
    t.deepEqual([code, location?.line], ["ERR_GPU_SHADER", line], message);
    t.regex(message, expected);
  };
  says("  gain: f32,", {}, /gain is not declared; expected params: \{ gain: "f32" \}/, 2);
  says("  a: u32,\n  gain: f32,", { a: "u32", gain: "i32" }, /declares gain as i32; the struct has f32/, 3);
  says("  gain: f32,", { gain: "f32", gian: "f32" }, /declares gian, which the struct lacks; it has gain/, 1);
  says("  width: f32,", {}, /width is filled in with a dimension, a u32/, 2);
  says("  m: mat2x2f,", { m: "vec4f" }, /m has a type that parameters cannot have/, 2);
  says("  sauce_width: u32,", {}, /sauce_width is not declared/, 2);
  const none = failure(`${BUFFERS}\n${COPY}`, { params: { gain: "f32" } });
  t.regex(none.message, /the shader has no struct of parameters/);
});

test("arrays are compared with the dtypes declared", (t) => {
  const says = (wgsl: string, rest: object, expected: RegExp, code = "ERR_GPU_DTYPE"): void => {
    const error = failure(wgsl, rest);
    t.deepEqual(error.code, code, error.message);
    t.regex(error.message, expected);
  };
  const copy = `${BUFFERS}\n${COPY}`;
  const packed = `${BUFFERS.replace("array<f32>", "array<u32>")}\n${HEAD} {}`;
  const two = `${BUFFERS}\n@group(0) @binding(2) var<storage, read> more: array<i32>;\n${COPY}`;
  says(copy, { inputs: ["int32"] }, /declares image 0 as int32, an array<i32>; the shader reads an array<f32>/);
  says(copy, { inputs: ["float32", "float32"] }, /declares 2 images; the shader reads 1/);
  says(copy, { output: "int32" }, /output is int32, an array<i32>; the shader writes an array<f32>/);
  says(packed, {}, /\["uint8"\] or \["uint16"\]/);
  says(two, {}, /the shader reads 2 images; expected inputs/);
});

test("the path of a file in place of its URL, and a file that begins with a byte order mark", (t) => {
  for (const wgsl of ["./blur.wgsl", "/home/me/blur.wgsl", "file:///home/me/blur.wgsl"]) {
    const error = failure(wgsl);
    t.is(error.code, "ERR_GPU_ARGUMENT");
    t.regex(error.message, /wgsl is ".*blur\.wgsl"; expected WGSL, or the URL of a file of it, such as new URL\(/);
  }
  const folder = mkdtempSync(join(tmpdir(), "tagswitch-shader-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const wgsl = pathToFileURL(join(folder, "copy.wgsl"));
  writeFileSync(wgsl, `\ufeff${BUFFERS}\n${COPY}`);
  t.is(gpuKernel({ name: "shader.marked", wgsl, output: "float32" }).name, "marked");
});

test("definitions that are none", (t) => {
  const copy = `${BUFFERS}\n${COPY}`;
  const wrong: object[] = [
    ...[{ name: "" }, { name: "two words" }, { name: 3 }],
    ...[{ wgsl: 3 }, { wgsl: new URL("file:///nowhere.wgsl") }, { wgsl: new URL("http://localhost/a.wgsl") }],
    ...[{ inputs: [] }, { inputs: ["float64"] }, { inputs: "float32" }],
    ...[{ output: "uint8" }, { output: undefined }, { output: { dtype: "float32" } }],
    ...[
      { params: null },
      { params: { gain: "f64" } },
      { params: { backend: "f32" } },
      { reference: 3 },
      { refrence: 3 },
    ],
  ];
  for (const rest of wrong) t.is(failure(copy, rest).code, "ERR_GPU_ARGUMENT", JSON.stringify(rest));
  t.throws(() => gpuKernel(undefined as never), { instanceOf: GpuError, code: "ERR_GPU_ARGUMENT" });
});

test("a name is taken once, and not by what was refused", (t) => {
  const definition = { name: "shader.once", wgsl: `${BUFFERS}\n${COPY}`, output: "float32" } as const;
  t.throws(() => gpuKernel({ ...definition, wgsl: "" }), { code: "ERR_GPU_SHADER" });
  t.is(gpuKernel(definition).name, "once");
  t.throws(() => gpuKernel({ ...definition, name: "filters.gaussian" }), { code: "ERR_DISPATCH_DUPLICATE" });
  t.throws(() => gpuKernel(definition), { code: "ERR_DISPATCH_DUPLICATE" });
});
