// Calls on backends that are there because their packages are installed: nothing of one runs before it has to.
import test from "ava";
import { BuiltPackage, type Files, type Outcome } from "./application.ts";
import { fastSignals, signalsApplication } from "./signals.ts";

const built = new BuiltPackage();
test.after.always(() => built.remove());

/** Runs a body in an application with `fast-signals`; `loaded()` are the files of that package that are loaded. */
function inApplication(
  body: string,
  options: { manifest?: object; files?: Files; env?: NodeJS.ProcessEnv; dependencies?: string[] } = {},
): Outcome {
  const { manifest, files = {}, env = {}, dependencies = ["fast-signals"] } = options;
  const application = built.application(
    signalsApplication(dependencies, {
      ...fastSignals(manifest),
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`node_modules/fast-signals/${path}`, text])),
      "main.js": `
        import { createRequire } from "node:module";
        import { explain, trace } from "tagswitch";
        import { scale, Signal, smooth, system } from "signals";
        const { cache } = createRequire(import.meta.url);
        const loaded = () => Object.keys(cache).filter((file) => file.includes("fast-signals")).map((file) => file.replace(/.*\\//, ""));
        const short = new Signal([1, 2]);
        const long = new Signal([1, 2, 3]);
        const failure = (error) => console.log(error.name, error.code, error.message);
        ${body}
      `,
    }),
  );
  return application.run("main.js", { env });
}

test("a backend's module is not loaded before its shouldRun agreed", (t) => {
  const { stdout, stderr } = inApplication(`
    console.log(system.backends.join(), loaded().join());
    console.log("refused:", scale(short, 2).by, loaded().join());
    console.log("dry run:", explain(scale, long, 2).backend, loaded().join());
    console.log("agreed:", scale(long, 2).by, loaded().join());
  `);
  t.is(stderr, "");
  t.is(
    stdout,
    [
      "fast,default ",
      "decide.js loaded",
      "refused: default decide.js",
      "dry run: fast decide.js",
      "run.js loaded",
      "agreed: fast decide.js,run.js",
      "",
    ].join("\n"),
  );
});

test("to import the library, and to list its backends, loads nothing of them", (t) => {
  const { stdout } = inApplication(`
    console.log(scale.backends.map(({ backend, origin }) => [backend, origin?.package, origin?.version, origin?.endorsed].join(" ")).join());
    console.log(system.functions.join(), system.describe().unknownFunctions.length, loaded().length);
  `);
  t.is(stdout, "fast fast-signals 1.2.3 true,default   \nscale,filters.smooth 0 0\n");
});

test("a trace says which package a backend is from, and whether the library endorses it", (t) => {
  const body = `
    const traced = trace(() => [scale(long, 2), scale(short, 2)]);
    for (const { considered } of traced.calls) console.log(considered.map(({ backend, origin }) => [backend, origin?.package, origin?.endorsed].join(" ")).join());
    console.log(JSON.stringify(traced.toJSON().calls[0].considered.map(({ origin }) => origin)));
    console.log(String(traced).split("\\n").filter((line) => line.includes("scale")).map((line) => line.split("│")[2].trim()).join("; "));
  `;
  const lines = (version: string): string[] => {
    const file = { ...(fastSignals()["node_modules/fast-signals/package.json"] as object), version };
    return inApplication(body, { files: { "package.json": file } })
      .stdout.split("\n")
      .slice(2, 6);
  };
  t.deepEqual(lines("1.2.3"), [
    ...["fast fast-signals true,default  ", "fast fast-signals true,default  "],
    '[{"package":"fast-signals","version":"1.2.3","endorsed":true},null]',
    "fast, endorsed; default",
  ]);
  t.deepEqual(lines("2.0.0").slice(2), [
    '[{"package":"fast-signals","version":"2.0.0","endorsed":false},null]',
    "fast; default",
  ]);
});

test("nothing of a blocked backend is read or run", (t) => {
  const { stdout, stderr } = inApplication(`console.log(system.backends.join(), scale(long, 2).by, loaded().length);`, {
    env: { SIGNALS_BLOCK: "fast" },
    files: { "signals.tagswitch.json": "no manifest", "decide.js": "throw new Error('read')", "run.js": "(" },
  });
  t.is(stderr, "");
  t.is(stdout, "default,fast default 0\n");
});

test("nothing of a backend that the application does not depend on is read or run", (t) => {
  const { stdout, stderr } = inApplication(`console.log(system.backends.join(), scale(long, 2).by, loaded().length);`, {
    dependencies: [],
    files: { "package.json": "no JSON", "signals.tagswitch.json": "no manifest", "run.js": "(" },
  });
  t.is(stderr, "");
  t.is(stdout, "default default 0\n");
});

test("a system may do without discovery", (t) => {
  const library = signalsApplication([], {})["node_modules/signals/index.js"] as string;
  const application = built.application(
    signalsApplication(["fast-signals"], {
      ...fastSignals(),
      "node_modules/signals/index.js": library.replace('{ name: "signals",', '{ name: "signals", discover: false,'),
      "main.js": `import { system } from "signals"; console.log(system.backends.join());`,
    }),
  );
  t.is(application.run("main.js").stdout, "default\n");
});

test("an opt-in backend waits until somebody asks for it, by scope or by environment", (t) => {
  const body = `console.log(scale(long, 2).by, system.backend("fast", () => scale(long, 2)).by);`;
  const manifest = { optIn: true, functions: { scale: {} } };
  t.is(inApplication(body, { manifest }).stdout, "run.js loaded\ndefault fast\n");
  t.is(inApplication(body, { manifest, env: { SIGNALS_PRIORITIZE: "fast" } }).stdout, "run.js loaded\nfast fast\n");
});

test("what cannot be loaded is an error of the call that needs it, which names all there is to know", (t) => {
  const { stdout } = inApplication(`try { smooth(long); } catch (error) { failure(error); }`, {
    files: { "run.js": "export const smoth = () => 1;" },
  });
  t.regex(
    stdout,
    /^DispatchError ERR_DISPATCH_LOAD backend "fast" cannot load smooth for filters\.smooth from .*run\.js: it has no export "smooth"; it exports smoth/,
  );
});

test("what decides and cannot be loaded is the same error, of whoever asks", (t) => {
  const { stdout } = inApplication(
    `
      for (const ask of [() => scale(long, 2), () => explain(scale, long, 2)])
        try { ask(); } catch (error) { failure(error); }
    `,
    { manifest: { functions: { scale: { shouldRun: "./gone.js" } } } },
  );
  const expected = String.raw`DispatchError ERR_DISPATCH_LOAD backend "fast" cannot load scale for deciding on scale from .*gone\.js: Cannot find module '.*gone\.js' \(manifest: .*\)\n`;
  t.regex(stdout, new RegExp(`^(${expected}){2}$`));
});

test("a module that must be waited for is an error for a plain call, and none for an asynchronous one", (t) => {
  const { stdout } = inApplication(
    `
      try { smooth(long); } catch (error) { failure(error); }
      console.log((await smooth.async(long)).by, smooth(long).by);
    `,
    { files: { "run.js": `await null; export const smooth = () => ({ by: "fast" });` } },
  );
  t.regex(stdout, /^DispatchError ERR_DISPATCH_LOAD .*call filters\.smooth by \.async\(…\).*\nfast fast\n$/);
});

test("a backend that starts asynchronously is loaded and started by the first call that may wait", (t) => {
  const { stdout } = inApplication(
    `
      console.log(smooth(long).by, loaded().join());
      console.log((await smooth.async(long)).by, smooth(long).by);
    `,
    {
      manifest: { initialize: "./start.js" },
      files: { "start.js": `export async function initialize() { console.log("started"); }` },
    },
  );
  t.is(stdout, "default \nstarted\nrun.js loaded\nfast fast\n");
});

test("a manifest's converters work, and are loaded for the first conversion", (t) => {
  const { stdout, stderr } = inApplication(
    `
      console.log(loaded().join());
      const { result, calls } = trace(() => system.backend("fast", () => smooth(long)));
      console.log(result.by, calls[0].conversions.map(({ from, to }) => from + " to " + to).join());
    `,
    {
      manifest: {
        primary: ["fast-signals:Packed"],
        functions: { "filters.smooth": {} },
        converters: [
          { from: "signals:Signal", to: "fast-signals:Packed", module: "./packed.js", export: "pack" },
          { from: "fast-signals:Packed", to: "signals:Signal", module: "./packed.js", export: "unpack" },
        ],
      },
      files: {
        "packed.js": `
          console.log("packed.js loaded");
          import { Signal } from "signals";
          export class Packed { static [Symbol.for("tagswitch.type")] = "fast-signals:Packed"; }
          export const pack = { convert: () => new Packed() };
          export const unpack = { convert: () => new Signal([], "fast, by way of Packed") };
        `,
        "run.js": `export const smooth = (packed) => packed;`,
      },
    },
  );
  t.is(stderr, "");
  t.regex(stdout, /^\npacked\.js loaded\n/);
  t.regex(stdout, /signals:Signal to fast-signals:Packed/);
});

test("to install a package replaces no converter: that of code stays, whichever comes first", (t) => {
  const body = (early: boolean): string => `
    const { registerConverter } = await import("tagswitch");
    class Packed { static [Symbol.for("tagswitch.type")] = "fast-signals:Packed"; constructor(by) { this.by = by; } }
    if (${!early}) system.backends;
    registerConverter({ from: "signals:Signal", to: "fast-signals:Packed", convert: () => new Packed("code's") });
    console.log(system.backend("fast", () => smooth(long)));
  `;
  const converter = { from: "signals:Signal", to: "fast-signals:Packed", module: "./gone.js", export: "pack" };
  const manifest = {
    ...{ primary: ["fast-signals:Packed"], functions: { "filters.smooth": {} }, converters: [converter] },
  };
  for (const early of [true, false]) {
    const files = { "run.js": `export const smooth = ({ by }) => by;` };
    const { stdout, stderr } = inApplication(body(early), { manifest, files });
    t.is(stderr, "");
    t.is(stdout, "code's\n");
  }
});

test("a converter from what is no type breaks no call: the backend is left out, with a warning that names the field", (t) => {
  const { stdout, stderr } = inApplication(`console.log(scale(long, 2).by);`, {
    manifest: { converters: [{ from: "js:Number", to: "signals:Signal", export: "convert" }] },
  });
  t.is(stdout, "default\n");
  t.regex(
    stderr,
    /TAGSWITCH_MANIFEST.*signals\.tagswitch\.json: converters\[0\]\.from is "js:Number"; expected "js:number"/,
  );
});

test("a backend that the package's own code registered stays, and its manifest is passed over", (t) => {
  const { stdout, stderr } = inApplication(`
    const fast = system.registerBackend({ name: "fast", primary: ["signals:Signal"], higherPriorityThan: ["default"] });
    fast.implement(scale, () => new Signal([], "registered by code"));
    console.log(scale(long, 2).by, system.backends.join());
  `);
  t.is(stderr, "");
  t.is(stdout, "registered by code fast,default\n");
});

test("code that registers a name which a package's backend has by then is told whose it is, and what to do", (t) => {
  const { stdout } = inApplication(`
    console.log(scale(short, 2).by);
    try { system.registerBackend({ name: "fast", primary: ["signals:Signal"] }); } catch (error) { failure(error); }
  `);
  const message =
    'signals has a backend "fast" already, found in the package fast-signals; register one of that name before the first call, and it takes that one\'s place';
  t.is(stdout.split("\n")[2], `DispatchError ERR_DISPATCH_DUPLICATE ${message}`);
});

test("functions made after discovery find the implementations that waited for them", (t) => {
  const { stdout } = inApplication(
    `
    scale(short, 2);
    const late = system.dispatchable("late", { on: [0] }, function late() { return "default"; });
    console.log(late(long));
  `,
    {
      manifest: { functions: { late: { export: "scale" }, scale: {} } },
      files: { "run.js": `export const scale = () => ({ by: "fast" });` },
    },
  );
  t.is(stdout, "{ by: 'fast' }\n");
});

test("an option of others is none of a manifest's: a warning, and nobody else loses calls", (t) => {
  const options = { span: "the function's", backend: "the dispatcher's", tiles: "its own" };
  const functions = { "filters.smooth": { module: "./run.js", options } };
  const { stdout, stderr } = inApplication(
    `
    console.log(smooth(short, { span: 3 }).by, explain(smooth, short, { tiles: 2 }).backend);
    console.log(system.backend({ disable: "fast" }, () => smooth(short, { span: 3 }).by));
    console.log(smooth(short, { backend: "default" }).by);
    `,
    { manifest: { functions } },
  );
  t.is(stdout, "run.js loaded\nfast fast\ndefault\ndefault\n");
  const ignored = stderr.matchAll(/TAGSWITCH_MANIFEST.*functions\["filters.smooth"\]\.options\.(\w+) is ignored/g);
  t.deepEqual(
    Array.from(ignored, ([, name]) => name),
    ["span", "backend"],
  );
});
