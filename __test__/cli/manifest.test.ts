import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { BuiltPackage, type Files, type TestApplication } from "../discovery/application.ts";
import { signalsApplication } from "../discovery/signals.ts";

const built = new BuiltPackage();
test.after.always(() => built.remove());

/** A package that registers its backend by code; its functions are in modules of their own. */
const CODE: Files = {
  "register.js": `
    import { scale, smooth, system } from "signals";
    import * as run from "./lib/run.js";
    import { agrees, start } from "./lib/decide.js";
    const own = system.registerBackend({
      name: "own", primary: ["signals:Signal"], secondary: [{ type: "js:Float32Array", exact: true }],
      higherPriorityThan: ["default"], optIn: true, initialize: start,
    });
    own.implement(scale, run.scale, { shouldRun: agrees, context: true, options: { chunks: { description: "how many", default: 3 } } });
    own.implement(smooth, run.twoWays, { defers: true });
  `,
  "lib/run.js": `
    export const scale = (context, signal) => signal;
    export const twoWays = { sync: (signal) => signal, async: async (signal) => signal };
  `,
  "lib/decide.js": `export const agrees = () => true; export const start = async () => {};`,
};

const MANIFEST = {
  $schema: "./node_modules/tagswitch/manifest.schema.json",
  ...{ system: "signals", name: "own", primary: ["signals:Signal"] },
  secondary: [{ type: "js:Float32Array", exact: true }],
  ...{ higherPriorityThan: ["default"], optIn: true, module: "./lib/run.js", initialize: "./lib/decide.js:start" },
  functions: {
    scale: {
      ...{ shouldRun: "./lib/decide.js:agrees", context: true },
      options: { chunks: { description: "how many", default: 3 } },
    },
    "filters.smooth": { export: "twoWays", async: true, sync: true, defers: true },
  },
};

function packageOf(files: Files, isNamed = true): TestApplication {
  const made = built.application(signalsApplication([], files));
  const content = JSON.parse(readFileSync(join(made.folder, "package.json"), "utf8")) as object;
  const tagswitch = { backends: { signals: { own: "./own.json" } } };
  made.write({
    "package.json": { ...content, name: "own-signals", peerDependencies: {}, ...(isNamed && { tagswitch }) },
  });
  return made;
}

function read(made: TestApplication, file: string): unknown {
  return JSON.parse(readFileSync(join(made.folder, file), "utf8"));
}

test("a manifest is written from code: types, order, functions, flags, options, and where each is exported", (t) => {
  const made = packageOf(CODE, false);
  const { code, stdout, stderr } = made.tagswitch(["manifest", "--module", "./register.js", "--system", "signals"]);
  t.is(stderr, "");
  t.is(code, 0, stdout);
  t.is(
    stdout,
    "own for signals: 2 functions in ./signals.tagswitch.json\n" +
      'Add to package.json: "tagswitch":{"backends":{"signals":{"own":"./signals.tagswitch.json"}}}\n',
  );
  t.deepEqual(read(made, "signals.tagswitch.json"), MANIFEST);
});

test("the file that package.json names is written, and what code does not know is kept in it", (t) => {
  const kept = {
    $schema: "https://example.com/schema.json",
    description: "by hand",
    converters: [{ from: "a:A", to: "b:B", export: "x" }],
  };
  const made = packageOf({ ...CODE, "own.json": { ...kept, name: "old" } });
  const { code, stdout } = made.tagswitch(["manifest", "--module", "register.js"]);
  t.is(code, 0);
  t.is(stdout, "own for signals: 2 functions in ./own.json\n");
  t.deepEqual(read(made, "own.json"), { ...MANIFEST, ...kept });
});

test("what is written is right: it passes the check, and calls run by it", (t) => {
  const made = packageOf({
    ...CODE,
    "main.js": `
      import { scale, Signal, system } from "signals";
      await system.ready("own");
      const signal = new Signal([1]);
      console.log(system.backend("own", () => scale(signal, 2)) === signal, scale(signal, 2).by);
    `,
  });
  made.tagswitch(["manifest", "--module", "register.js"]);
  const { code, stdout } = made.tagswitch(["manifest", "--check", "--module", "register.js"]);
  t.is(stdout, "own for signals: 2 functions\nNo problems.\n");
  t.is(code, 0);
  t.deepEqual(made.run("main.js"), { code: 0, stdout: "true default\n", stderr: "" });
});

test("what nobody exports is left out and named, and exit code 1", (t) => {
  const made = packageOf({
    ...CODE,
    "register.js": `
      import { scale, smooth, system } from "signals";
      import { scale as run } from "./lib/run.js";
      const own = system.registerBackend({ name: "own", primary: ["signals:Signal", { name: "own:Like", matches: () => true }] });
      own.implement(scale, run, { shouldRun: () => true });
      own.implement(smooth, (signal) => signal);
    `,
  });
  const { code, stdout } = made.tagswitch(["manifest", "--module", "register.js"]);
  t.is(code, 1);
  t.regex(stdout, /^own for signals: 0 functions in \.\/own\.json$/m);
  t.regex(stdout, /^Problem: backend "own": the type own:Like is a predicate, which a manifest cannot say$/m);
  t.regex(stdout, /^Problem: backend "own": scale is left out: its shouldRun is no module's export; export it$/m);
  t.regex(
    stdout,
    /^Problem: backend "own": filters\.smooth is left out: no module exports it; export it from a module/m,
  );
});

test("converters to and from the backend's types are written where a module exports what they do, else named", (t) => {
  const made = packageOf({
    "register.js": `
      import { registerConverter } from "tagswitch";
      import { scale, system } from "signals";
      import { scale as run } from "./lib/run.js";
      import { pack, unpack } from "./lib/convert.js";
      system.registerBackend({ name: "own", primary: ["own:Packed"] }).implement(scale, run);
      registerConverter({ from: "signals:Signal", to: "own:Packed", cost: 3, ...pack });
      registerConverter(unpack);
      registerConverter({ from: "own:Raw", to: "own:Packed", convert: (value) => value });
      registerConverter({ from: "own:Text", to: "own:Raw", ...pack, bytes: () => 1 });
      registerConverter({ from: "others:A", to: "others:B", convert: (value) => value });
    `,
    "lib/run.js": "export const scale = (signal) => signal;",
    "lib/convert.js": `
      export const pack = { convert: (value) => value, copies: false };
      export const unpack = { from: "own:Packed", to: "signals:Signal", convert: (value) => value };
    `,
    "own.json": { converters: [{ from: "signals:Signal", to: "own:Packed", export: "old" }] },
  });
  const { code, stdout } = made.tagswitch(["manifest", "--module", "register.js"]);
  t.is(code, 1);
  t.deepEqual(
    stdout.split("\n").filter((line) => line.startsWith("Problem")),
    ["own:Raw to own:Packed", "own:Text to own:Raw"].map(
      (types) =>
        `Problem: backend "own": the converter from ${types} is left out: no module exports an object with its members; export it from a module that registers nothing, and import that to register it`,
    ),
  );
  t.deepEqual((read(made, "own.json") as { converters: object[] }).converters, [
    { from: "signals:Signal", to: "own:Packed", cost: 3, module: "./lib/convert.js", export: "pack" },
    { from: "own:Packed", to: "signals:Signal", module: "./lib/convert.js", export: "unpack" },
  ]);
});

test("a converter that the file names stays, where code has it and no module exports it", (t) => {
  const converters = [{ from: "signals:Signal", to: "own:Packed", export: "pack" }];
  const made = packageOf({
    ...CODE,
    "register.js": `${CODE["register.js"] as string}
      import { registerConverter } from "tagswitch";
      registerConverter({ from: "signals:Signal", to: "own:Packed", convert: (value) => value });
    `,
    "own.json": { converters },
  });
  const { code, stdout } = made.tagswitch(["manifest", "--module", "register.js"]);
  t.is(code, 0, stdout);
  t.deepEqual((read(made, "own.json") as { converters: object[] }).converters, converters);
});

const wrong: [what: string, fields: object, problem: RegExp][] = [
  [
    "a function that the library has not",
    { functions: { "filters.smoth": { export: "scale" } } },
    /implements "filters\.smoth", which is unknown: did you mean "filters\.smooth"\?/,
  ],
  [
    "a misspelt type",
    { primary: ["signals:Singal"] },
    /names the type "signals:Singal", which is unknown: did you mean "signals:Signal"\?/,
  ],
  [
    "a module that is not there",
    { functions: { scale: { module: "./gone.js" } } },
    /cannot load scale for scale from .*gone\.js: Cannot find module/,
  ],
  [
    "an export that is not there",
    { functions: { scale: { export: "scael" } } },
    /it has no export "scael"; it exports scale, twoWays/,
  ],
  [
    "an export that is no function",
    {
      functions: {
        scale: { export: "twoWays", async: true, sync: false },
        "filters.smooth": { module: "./lib/number.js" },
      },
    },
    /its export "smooth" is 3; expected a function/,
  ],
  [
    "a shouldRun that is not there",
    { functions: { scale: { shouldRun: "./lib/decide.js" } } },
    /cannot load scale for deciding on scale from .*decide\.js: it has no export "scale"/,
  ],
  [
    "a start that is not there",
    { initialize: "./lib/decide.js:begin" },
    /cannot load begin for its start from .*decide\.js: it has no export "begin"/,
  ],
  [
    "a converter that is none",
    { converters: [{ from: "a:A", to: "b:B", export: "scale" }] },
    /cannot load scale for converting a:A to b:B .*expected an object with a function convert/,
  ],
  [
    "an option that the function has itself",
    { functions: { "filters.smooth": { module: "./lib/number.js", export: "smoothed", options: { span: "x" } } } },
    /own\.json: functions\["filters\.smooth"\]\.options\.span is ignored for backend "own": the function has it itself/,
  ],
  [
    "a place that contradicts itself",
    { lowerPriorityThan: ["default"] },
    /backend "own" of own-signals is left out: the declared order of signals's backends is circular/,
  ],
  ["a broken manifest", { nam: "own" }, /own\.json: nam is no field of a manifest; expected "name"/],
];

for (const [what, fields, problem] of wrong) {
  test(`--check finds ${what}`, (t) => {
    const made = packageOf({
      ...CODE,
      "own.json": { ...MANIFEST, ...fields },
      "lib/number.js": "export const smooth = 3; export const smoothed = () => {};",
    });
    const { code, stdout } = made.tagswitch(["manifest", "--check", "--json"]);
    t.is(code, 1);
    const { problems } = JSON.parse(stdout) as { problems: string[] };
    t.is(problems.length, 1, problems.join("\n"));
    t.regex(problems[0]!, problem);
  });
}

test("--check with a module finds that the file is not what the code says, and does not touch it", (t) => {
  const old = { ...MANIFEST, optIn: false };
  const made = packageOf({ ...CODE, "own.json": old });
  const { code, stdout } = made.tagswitch(["manifest", "--check", "--module", "register.js"]);
  t.is(code, 1);
  t.regex(stdout, /^Problem: .*own\.json is not what the code says/m);
  t.deepEqual(read(made, "own.json"), old);
});

const senseless: [args: string[], message: RegExp][] = [
  [[], /^tagswitch: what is to be done\? Give --module, --check or both\./],
  [["--module", "gone.js", "--system", "signals"], /^tagswitch: gone\.js cannot be loaded: Cannot find module/],
  [["--module", "lib/run.js", "--system", "signals"], /^tagswitch: lib\/run\.js registers no backend for signals\n/],
  [["--module", "register.js", "--system", "nothing"], /^tagswitch: nothing, the library of nothing, cannot be loaded/],
  [["--module", "register.js"], /^tagswitch: for which system\? package\.json names none, so give --system\./],
];

for (const [args, message] of senseless) {
  test(`"tagswitch manifest ${args.join(" ")}" makes no sense: a message, nothing on stdout, exit code 2`, (t) => {
    const { code, stdout, stderr } = packageOf(CODE, false).tagswitch(["manifest", ...args]);
    t.is(code, 2);
    t.is(stdout, "");
    t.regex(stderr, message);
  });
}
