// What is looked at to find backends, and what is left out with a warning.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { findApplication } from "../../src/discovery/packages.ts";
import { BuiltPackage, type Files, type TestApplication } from "./application.ts";
import { fastManifest, fastSignals, signalsApplication } from "./signals.ts";

const built = new BuiltPackage();
const inner = built.innerModule("discovery/discovered-backend");
test.after.always(() => built.remove());

/** Prints the backends found for `signals`, with the packages that they are from. */
const MAIN = `
  import { installedBackends } from "MODULE";
  const { backends: found } = installedBackends("signals", (process.env.BLOCKED ?? "").split(","));
  console.log(found.map(({ declaration, origin }) => declaration.name + " of " + origin.package).join(", "));
`;

function application(dependencies: string[], files: Files): TestApplication {
  const made = built.application(signalsApplication(dependencies, files));
  made.write({ "main.js": MAIN.replace("MODULE", inner) });
  return made;
}

/** The files read under an application's node_modules, without those of the library and of tagswitch. */
const READS = `
  const fs = require("node:fs");
  const read = [];
  for (const method of ["readFileSync", "openSync", "readFile", "open"]) {
    const original = fs[method];
    fs[method] = (path, ...rest) => (read.push(String(path)), original(path, ...rest));
  }
  require("node:module").syncBuiltinESMExports();
  process.on("exit", () => {
    const files = read.filter((path) => /node_modules\\/(?!tagswitch|signals\\/).*-signals\\//.test(path));
    console.log([...new Set(files)].map((path) => path.replace(/.*node_modules\\//, "")).join("\\n"));
  });
`;

test("of a backend that nobody runs only two JSON files are read", (t) => {
  const made = application(["fast-signals"], { ...fastSignals(), "reads.cjs": READS });
  const { stdout, stderr } = made.run("main.js", { nodeArguments: ["--require", join(made.folder, "reads.cjs")] });
  t.is(stderr, "");
  t.is(stdout, "fast of fast-signals\nfast-signals/package.json\nfast-signals/signals.tagswitch.json\n");
});

test("a blocked backend's manifest is not even read", (t) => {
  const made = application(["fast-signals"], {
    ...fastSignals(),
    ...{ "node_modules/fast-signals/signals.tagswitch.json": "{ no JSON", "reads.cjs": READS },
  });
  const nodeArguments = ["--require", join(made.folder, "reads.cjs")];
  const { stdout, stderr } = made.run("main.js", { nodeArguments, env: { BLOCKED: "fast" } });
  t.is(stderr, "");
  t.is(stdout, "\nfast-signals/package.json\n");
});

test("packages that the application does not name are not looked at, nor are dependencies of dependencies", (t) => {
  const made = application(["outer"], {
    ...fastSignals(),
    "node_modules/outer/package.json": { name: "outer", dependencies: { "fast-signals": "*" } },
    "reads.cjs": READS,
  });
  const { stdout, stderr } = made.run("main.js", { nodeArguments: ["--require", join(made.folder, "reads.cjs")] });
  t.is(stderr, "");
  t.is(stdout, "\n\n");
});

test("a package that is named and not installed is passed over", (t) => {
  t.deepEqual(application(["fast-signals"], {}).run("main.js"), { code: 0, stdout: "\n", stderr: "" });
});

test("packages are found in node_modules folders further up, and among development and optional dependencies", (t) => {
  const made = application([], {
    ...fastSignals(),
    ...fastSignalsAs("quick", "quick-signals"),
    "inner/package.json": {
      ...{ name: "inner", type: "module" },
      ...{ devDependencies: { "fast-signals": "*" }, optionalDependencies: { "quick-signals": "*" } },
    },
    "inner/dist/package.json": { type: "module" },
    "inner/dist/main.js": MAIN.replace("MODULE", inner),
  });
  t.deepEqual(made.run("inner/dist/main.js", { cwd: "node_modules" }), {
    ...{ code: 0, stderr: "" },
    stdout: "fast of fast-signals, quick of quick-signals\n",
  });
});

test("the application's own backends are found too", (t) => {
  const made = application([], { "own.json": fastManifest({ name: "own", functions: {} }) });
  const content = JSON.parse(readFileSync(join(made.folder, "package.json"), "utf8")) as object;
  made.write({ "package.json": { ...content, tagswitch: { backends: { signals: { own: "./own.json" } } } } });
  t.is(made.run("main.js").stdout, "own of application\n");
});

test("of two packages with a backend of one name the first by the alphabet has it", (t) => {
  const made = application(["b-signals", "a-signals"], {
    ...fastSignals({}, "a-signals"),
    ...fastSignals({}, "b-signals"),
  });
  const { stdout, stderr } = made.run("main.js");
  t.is(stdout, "fast of a-signals\n");
  t.regex(stderr, /TagswitchWarning: backend "fast" of b-signals is left out: there is one of that name already/);
});

const at = "node_modules/fast-signals";
const broken: [what: string, files: Files, warning: RegExp][] = [
  [
    "a missing manifest",
    { [`${at}/package.json`]: packageWith("./gone.json") },
    /fast-signals\/gone\.json is no JSON that can be read: ENOENT/,
  ],
  [
    "one that is a folder",
    { [`${at}/package.json`]: packageWith("./folder"), [`${at}/folder/x`]: "" },
    /folder is no JSON that can be read: EISDIR/,
  ],
  [
    "no JSON",
    { [`${at}/signals.tagswitch.json`]: "{ system: signals }" },
    /signals\.tagswitch\.json is no JSON that can be read: .*JSON/,
  ],
  ["an empty file", { [`${at}/signals.tagswitch.json`]: "" }, /is no JSON that can be read/],
  ["no object", { [`${at}/signals.tagswitch.json`]: "[]" }, /: the whole is \[\]; expected a manifest, an object/],
  ["no primary types", manifest({ primary: undefined }), /: primary is missing; expected an array/],
  [
    "a type without package",
    manifest({ primary: ["Signal"] }),
    /: primary\[0\] is "Signal"; expected a type, "package:Export"/,
  ],
  ["a type that cannot be", manifest({ secondary: [7] }), /: secondary\[0\] is 7; expected a type/],
  ["a misspelt field", manifest({ optin: true }), /: optin is no field of a manifest; expected "optIn"/],
  ["a function in no file", manifest({ module: undefined }), /: functions\.scale\.module is missing; expected a file/],
  ["a flag that is a text", manifest({ optIn: "yes" }), /: optIn is "yes"; expected true or false/],
  ["another system", manifest({ system: "signal" }), /: system is "signal"; expected "signals", as in package\.json/],
  ["another name", manifest({ name: "faster" }), /: name is "faster"; expected "fast", as in package\.json/],
  [
    "a module outside",
    manifest({ module: "../../main.js" }),
    /: module is "\.\.\/\.\.\/main\.js"; expected a file inside the package, .*fast-signals/,
  ],
  [
    "a shouldRun outside",
    manifest({ functions: { scale: { shouldRun: "./../x.js:f" } } }),
    /: functions\["scale"\]\.shouldRun is "\.\/\.\.\/x\.js:f"; expected a file inside/,
  ],
  [
    "a manifest outside",
    { [`${at}/package.json`]: packageWith("../other.json") },
    /package\.json: tagswitch\.backends\["signals"\]\.fast is "\.\.\/other\.json"; expected a file inside/,
  ],
  [
    "a manifest that is no file",
    { [`${at}/package.json`]: packageWith(3) },
    /tagswitch\.backends\["signals"\]\.fast is 3; expected a file/,
  ],
  [
    "a list of backends",
    { [`${at}/package.json`]: { name: "fast-signals", tagswitch: { backends: { signals: ["x"] } } } },
    /tagswitch\.backends\["signals"\] is \[ 'x' \]; expected an object/,
  ],
  [
    "a text for all backends",
    { [`${at}/package.json`]: { name: "fast-signals", tagswitch: { backends: "signals" } } },
    /tagswitch\.backends is "signals"; expected an object/,
  ],
  [
    "a package.json that is no JSON",
    { [`${at}/package.json`]: '{ "tagswitch": ' },
    /fast-signals\/package\.json is left out: .*JSON/,
  ],
];

for (const [what, files, warning] of broken) {
  test(`one warning, that names file and field, and no backend: ${what}`, (t) => {
    const made = application(["fast-signals", "quick-signals"], {
      ...fastSignals(),
      ...fastSignalsAs("quick", "quick-signals"),
      ...files,
    });
    const { code, stdout, stderr } = made.run("main.js");
    t.is(code, 0);
    t.is(stdout, "quick of quick-signals\n");
    t.is(stderr.match(/TagswitchWarning/g)?.length, 1, stderr);
    t.regex(stderr, /^\(node:\d+\) \[TAGSWITCH_MANIFEST\] TagswitchWarning: /);
    t.regex(stderr, warning);
  });
}

test("the application is that of the main script, or the one that an installed program runs for", (t) => {
  const made = built.application({
    "package.json": { name: "project", dependencies: {} },
    "src/package.json": { type: "commonjs" },
    "src/main.js": "",
    "node_modules/runner/package.json": { name: "runner", dependencies: {} },
    "node_modules/runner/bin.js": "",
    "packages/one/package.json": { name: "one", dependencies: {} },
    "elsewhere.txt": "",
  });
  const nameOf = (script: string | undefined, folder: string): unknown =>
    findApplication(script && join(made.folder, script), join(made.folder, folder))?.file.name;
  t.is(nameOf("src/main.js", "packages/one"), "project");
  t.is(nameOf("src/main", "packages/one"), "project");
  t.is(nameOf(undefined, "packages/one"), "one");
  t.is(nameOf("node_modules/runner/bin.js", "."), "project");
  t.is(nameOf("node_modules/runner/bin.js", "packages/one"), "one");
  t.is(nameOf("node_modules/runner/bin.js", ".."), "runner");
  t.is(findApplication("argument", join(made.folder, "packages/one"))?.file.name, "one");
});

function manifest(fields: object): Files {
  return { [`${at}/signals.tagswitch.json`]: fastManifest(fields) };
}

function packageWith(path: unknown): object {
  return { name: "fast-signals", version: "1.2.3", tagswitch: { backends: { signals: { fast: path } } } };
}

function fastSignalsAs(backend: string, name: string): Files {
  return {
    ...fastSignals({}, name),
    [`node_modules/${name}/package.json`]: {
      ...{ name, version: "1.0.0", tagswitch: { backends: { signals: { [backend]: "./signals.tagswitch.json" } } } },
    },
    [`node_modules/${name}/signals.tagswitch.json`]: fastManifest({ name: backend }),
  };
}
