// Steps as they are written on a command line and in files, and what is wrong with them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import test from "ava";
import { problemOf } from "../../../src/cli/run/check-steps.ts";
import { checkPipeline, readPipeline } from "../../../src/cli/run/pipeline-file.ts";
import { operationNamed, type Step } from "../../../src/cli/run/step.ts";
import { readStep } from "../../../src/cli/run/step-text.ts";
import * as library from "../../../src/image/index.ts";

const step = (name: string, rest: Partial<Step> = {}): Step => ({
  function: name,
  arguments: [],
  options: {},
  ...rest,
});

const written: [text: string, step: Step][] = [
  ["filters.sobel", step("filters.sobel")],
  ["f.g:sigma=2,mode=nearest", step("f.g", { options: { sigma: 2, mode: "nearest" } })],
  ["f.g:a=true,b=false,c=null", step("f.g", { options: { a: true, b: false, c: null } })],
  ["f.g:a=-1e-3,b=.5,c=+2,d=007", step("f.g", { options: { a: -1e-3, b: 0.5, c: 2, d: 7 } })],
  ["f.g:[3,5],order=0", step("f.g", { arguments: [[3, 5]], options: { order: 0 } })],
  [
    "f.g:[[0,1],[1,1]], x",
    step("f.g", {
      arguments: [
        [
          [0, 1],
          [1, 1],
        ],
        "x",
      ],
    }),
  ],
  ["f.g:p=[label, area,@2],q=[]", step("f.g", { options: { p: ["label", "area", { step: 2 }], q: [] } })],
  ['f.g:a="x, [y=1",b={"c":[1,{}]}', step("f.g", { options: { a: "x, [y=1", b: { c: [1, {}] } } })],
  ["f.g@0:@12,image=@3", step("f.g", { on: 0, arguments: [{ step: 12 }], options: { image: { step: 3 } } })],
  ["f.g:unit=px^2", step("f.g", { options: { unit: "px^2" } })],
];

for (const [text, expected] of written) {
  test(`"${text}" is read`, (t) => t.deepEqual(readStep(text), expected));
}

for (const [text, message] of [
  ["f.g:", /^step "f\.g:" has the value ""; expected a number, true/],
  ["f.g:a=", /has the value ""/],
  ["f.g:a=1,,b=2", /has the value ""/],
  ["f.g:a=1,a=2", /gives a twice/],
  ["f.g:[1,2", /a bracket too many or too few/],
  ["f.g:1]", /a bracket too many or too few/],
  ["f.g:[1}", /a bracket too many or too few/],
  ["f.g:a=1 2", /has the value "1 2"/],
  ["f.g:@x", /has the value "@x"/],
] as const) {
  test(`"${text}" is refused`, (t) => {
    t.throws(() => readStep(text), { name: "UsageError", message });
  });
}

const problem = (...steps: Step[]): string | undefined => problemOf(steps, library);

test("functions, values and references are checked against the library", (t) => {
  t.is(problem(step("color.rgb2gray"), step("util.greater", { arguments: [{ step: 1 }] })), undefined);
  t.is(
    problem(step("filters.gausian")),
    'step 1: there is no function "filters.gausian"; did you mean filters.gaussian?',
  );
  t.regex(problem(step("color.rgb2gray"), step("sobel"))!, /^step 2: .*did you mean filters\.sobel\?$/);
  t.regex(problem(step("toString"))!, /there is no function "toString"; see: tagswitch backends/);
  t.regex(
    problem(step("util.greater", { arguments: [1, 2] }))!,
    /given 2 values beside the image; expected 1 and options/,
  );
  t.regex(problem(step("filters.sobel", { arguments: [1] }))!, /expected nothing but options$/);
  t.regex(
    problem(step("util.greater", { arguments: [{ step: 1 }] }))!,
    /refers to step 1; expected 0, the input image$/,
  );
  t.regex(problem(step("filters.sobel"), step("filters.sobel", { on: 2 }))!, /expected 0, the input image, to 1$/);
  t.regex(problem(step("filters.sobel", { options: { axis: { step: -1 } } }))!, /refers to step -1/);
});

test("footprints take their size and no image, and are for later steps", (t) => {
  const opening = step("morphology.opening", { options: { footprint: { step: 1 } } });
  const disk = (rest?: Partial<Step>): Step => step("morphology.disk", { arguments: [3], ...rest });
  t.is(problem(disk({ options: { strictRadius: false } }), opening), undefined);
  t.regex(problem(step("morphology.disk"), opening)!, /given 0 values; expected its size, as in morphology\.disk:3$/);
  t.regex(problem(disk({ on: 0 }), opening)!, /^step 1: morphology\.disk works on no image/);
  t.regex(problem(disk({ options: { sides: 1 } }), opening)!, /has no option "sides"; it has: strictRadius$/);
  t.regex(problem(disk({ arguments: [{ step: 1 }] }), opening)!, /refers to step 1; expected 0, the input image$/);
  t.regex(problem(step("filters.sobel"), disk())!, /^step 2: .* for a later step, .*; there is none$/);
  t.regex(problem(step("disk", { arguments: [3] }), opening)!, /did you mean morphology\.disk\?$/);
});

test("so are the names of options, those of backends' own included", (t) => {
  const withOption = (option: string, value: unknown = 1): string | undefined =>
    problem(step("filters.gaussian", { options: { [option]: value } }));
  for (const option of ["sigma", "channelAxis", "backend", "wgpu"]) t.is(withOption(option), undefined);
  t.is(withOption("sgima"), 'step 1: filters.gaussian has no option "sgima"; did you mean sigma?');
  t.regex(withOption("colour")!, /has no option "colour"; it has: sigma, mode, .*, backend$/);
  t.regex(withOption("constructor")!, /has no option "constructor"/);
  t.regex(
    problem(step("color.rgb2gray", { options: { weights: [] } }))!,
    /"weights"; it has: channelAxis, out, backend$/,
  );
});

/** What a function says that it accepts when it is given an option that it does not know. */
function acceptedBy(name: string): string | undefined {
  const images = [1, 3, 4].map(
    (channels) => new library.Image(new Uint8Array(16 * channels), { width: 4, height: 4, channels }),
  );
  const call = operationNamed(library, name) as unknown as (...args: unknown[]) => unknown;
  for (const image of [...images, new library.Image(new Int32Array(16), { width: 4, height: 4 })]) {
    for (const value of [undefined, 1, [2, 2], image]) {
      try {
        call(image, ...Array.from({ length: call.length - 2 }, () => value), { unheardOf: 1 });
      } catch (error) {
        const [, accepted] = /there is no option "unheardOf"; accepted: (.*)$/.exec((error as Error).message) ?? [];
        if (accepted !== undefined) return accepted;
      }
    }
  }
  return undefined;
}

test("the options that a function is said to have are those that it accepts", (t) => {
  for (const { name, options } of library.system.describe().functions) {
    t.is(acceptedBy(name), [...options, "backend"].join(", "), name);
  }
});

test("every function of the library can be a step: an image first, options last", (t) => {
  const lengths = library.system.functions.map((name) => operationNamed(library, name)!.length);
  t.true(lengths.length > 50 && lengths.every((length) => length >= 2));
});

// What is accepted and what editors are told are one thing said twice: the check and the published schema.
const validate = new Ajv({ strict: true }).compile(
  JSON.parse(readFileSync(join(import.meta.dirname, "../../../pipeline.schema.json"), "utf8")) as object,
);
const files: [pipeline: unknown, problem: RegExp | undefined][] = [
  [{ steps: [{ function: "f" }] }, undefined],
  [{ $schema: "x", steps: [{ function: "f", on: 0, arguments: [1, { step: 2 }], options: { a: [] } }] }, undefined],
  [null, /expected an object/],
  [[], /expected an object/],
  [{}, /^"steps" should be a list/],
  [{ steps: [] }, /at least 1/],
  [{ steps: [{ function: "f" }], step: 1 }, /no field "step"/],
  [{ $schema: 1, steps: [{ function: "f" }] }, /"\$schema" should be a string/],
  [{ steps: [{ function: "f" }, "filters.sobel"] }, /^steps\[1\] should be an object/],
  [{ steps: [{ function: "" }] }, /^steps\[0\]\.function/],
  [{ steps: [{}] }, /^steps\[0\]\.function/],
  [{ steps: [{ function: "f", on: -1 }] }, /^steps\[0\]\.on/],
  [{ steps: [{ function: "f", on: 0.5 }] }, /^steps\[0\]\.on/],
  [{ steps: [{ function: "f", on: null }] }, /^steps\[0\]\.on/],
  [{ steps: [{ function: "f", arguments: {} }] }, /^steps\[0\]\.arguments/],
  [{ steps: [{ function: "f", options: [] }] }, /^steps\[0\]\.options/],
  [{ steps: [{ function: "f", opts: {} }] }, /^steps\[0\] has no field "opts"; expected function, on/],
];

for (const [pipeline, expected] of files) {
  test(`a file with ${JSON.stringify(pipeline)}`, (t) => {
    const found = checkPipeline(pipeline);
    t.is(validate(pipeline), expected === undefined);
    if (expected === undefined) t.is(found, undefined);
    else t.regex(found!, expected);
  });
}

test("a pipeline is read from a file, and what is wrong is said of it", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "tagswitch-pipeline-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "p.json");
  writeFileSync(file, '\uFEFF{ "steps": [{ "function": "filters.sobel" }] }');
  t.deepEqual(readPipeline(file), [step("filters.sobel")]);
  writeFileSync(file, "{ steps: }");
  t.throws(() => readPipeline(file), { name: "UsageError", message: /p\.json is no pipeline: .*JSON/ });
  t.throws(() => readPipeline(join(folder, "none.json")), { message: /none\.json is no pipeline: ENOENT/ });
});

test("docs/pipelines.md says the same twice: on a command line and in a file", (t) => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/pipelines.md"), "utf8");
  const [, json = ""] = /^```json\n([^]*?)^```/m.exec(page) ?? [];
  const [, command = ""] = /tagswitch run photo\.jpg regions\.png ([^]*?)```/.exec(page) ?? [];
  const { steps } = JSON.parse(json) as { steps: Partial<Step>[] };
  t.true(validate(JSON.parse(json)));
  t.deepEqual(
    command
      .split(/[\s\\]+/)
      .filter(Boolean)
      .map(readStep),
    steps.map((one) => step(one.function!, one)),
  );
  t.is(problem(...steps.map((one) => step(one.function!, one))), undefined);
});
