// Parts of a backend are loaded when they are needed, and say what is wrong with them then.
import test from "ava";
import { BuiltPackage, type Outcome } from "./application.ts";
import { fastSignals, signalsApplication } from "./signals.ts";

const built = new BuiltPackage();
const inner = built.innerModule("discovery/discovered-backend");
test.after.always(() => built.remove());

/** Runs a body in an application with backend `fast`, whose files may be others; `fast` is what was found of it. */
function inApplication(body: string, files: object = {}, manifest: object = {}): Outcome {
  const application = built.application(
    signalsApplication(["fast-signals"], {
      ...fastSignals(manifest),
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`node_modules/fast-signals/${path}`, text])),
      "main.js": `
        import { installedBackends } from ${JSON.stringify(inner)};
        const [fast] = installedBackends("signals", []).backends;
        const implementation = (name) => fast.functions.find((one) => one.name === name).implementation;
        const failure = (error) => console.log(error.name, error.code, error.message.replaceAll(process.cwd(), "…"));
        ${body}
      `,
    }),
  );
  return application.run("main.js");
}

test("finding a backend loads none of it, asking it only what decides, running it the rest", (t) => {
  const { stdout, stderr } = inApplication(`
    console.log("found", fast.origin.version, fast.origin.endorsed);
    const { shouldRun, load } = implementation("scale");
    console.log(shouldRun({}, { samples: [1] }));
    console.log(implementation("scale").load().sync({ samples: [1, 2] }, 3));
  `);
  t.is(stderr, "");
  t.is(
    stdout,
    "found 1.2.3 true\ndecide.js loaded\ntoo short\nrun.js loaded\nSignal { samples: [ 3, 6 ], by: 'fast' }\n",
  );
});

test("modules may be CommonJS, for both ways of loading", (t) => {
  const { stdout } = inApplication(
    `
      console.log(implementation("scale").load().sync());
      console.log((await implementation("filters.smooth").loadAsync()).sync());
    `,
    { "run.cjs": `const parts = { scale: () => "scaled", smooth: () => "smoothed" }; module.exports = parts;` },
    { module: "./run.cjs" },
  );
  t.is(stdout, "scaled\nsmoothed\n");
});

test("a module that must be waited for is loaded by an asynchronous call, and is there for others then", (t) => {
  const { stdout } = inApplication(
    `
      try { implementation("scale").load(); } catch (error) { failure(error); }
      await implementation("scale").loadAsync();
      console.log(implementation("scale").load().sync());
    `,
    { "run.js": `await null; export const scale = () => "scaled";` },
  );
  t.regex(stdout, /^DispatchError ERR_DISPATCH_LOAD .*top-level await.*call scale by \.async\(…\).*\nscaled\n$/);
});

test("an export that is both ways has both; one that is asynchronous only is no synchronous one", (t) => {
  const { stdout } = inApplication(
    `
      for (const name of ["both", "later"]) {
        const { sync, async } = implementation(name).load();
        console.log(name, implementation(name).forms.sync, sync?.(), await async());
      }
      try { implementation("wrong").load(); } catch (error) { failure(error); }
    `,
    {
      "run.js": `
        export const both = { sync: () => 1, async: async () => 2 };
        export const later = async () => 3;
        export const wrong = () => 4;
      `,
    },
    { functions: { both: { sync: true, async: true }, later: { async: true }, wrong: { sync: true, async: true } } },
  );
  t.regex(stdout, /^both true 1 2\nlater false undefined 3\n/);
  t.regex(stdout, /its export "wrong" is function wrong; expected an object with functions sync and async/);
});

const failures: [what: string, files: object, message: RegExp][] = [
  ["an empty file", { "run.js": "export {};" }, /it has no export "scale"; it exports nothing/],
  [
    "no such export",
    { "run.js": "export const scael = 1, smooth = 2;" },
    /it has no export "scale"; it exports scael, smooth/,
  ],
  ["no function", { "run.js": "export const scale = 3;" }, /its export "scale" is 3; expected a function/],
  [
    "what it needs is missing",
    { "run.js": `import "not-installed"; export const scale = () => 1;` },
    /Cannot find package 'not-installed'/,
  ],
  ["it throws", { "run.js": `throw new Error("no licence");` }, /: no licence \(/],
];

for (const [what, files, message] of failures) {
  test(`a load that fails names backend, function, file, export and manifest: ${what}`, (t) => {
    const { stdout } = inApplication(
      `
        try { implementation("scale").load(); } catch (error) { failure(error); }
        await implementation("scale").loadAsync().catch(failure);
      `,
      files,
    );
    const lines = stdout.trim().split("\n");
    t.is(lines.length, 2, stdout);
    for (const line of lines) {
      t.regex(
        line,
        /^DispatchError ERR_DISPATCH_LOAD backend "fast" cannot load scale for scale from …\/node_modules\/fast-signals\/run\.js: /,
      );
      t.regex(line, message);
      t.regex(line, /\(manifest: …\/node_modules\/fast-signals\/signals\.tagswitch\.json\)$/);
    }
  });
}

test("a file that is not there is named", (t) => {
  const { stdout } = inApplication(
    `try { implementation("scale").load(); } catch (error) { failure(error); }`,
    {},
    {
      module: "./gone.js",
    },
  );
  t.regex(
    stdout,
    /^DispatchError ERR_DISPATCH_LOAD .*Cannot find module '…\/node_modules\/fast-signals\/gone\.js' \(manifest: /,
  );
});

test("converters and the start are loaded when they are needed", (t) => {
  const { stdout, stderr } = inApplication(
    `
      const [there] = fast.converters;
      console.log(there.declaration);
      console.log(there.load().convert({ samples: [1] }), there.load().bytes({ samples: [1] }));
      await fast.declaration.initialize();
    `,
    {
      "convert.js": `console.log("convert.js loaded");
        export const packed = { convert: ({ samples }) => samples.join(), bytes: ({ samples }) => samples.length };`,
      "start.js": `console.log("start.js loaded"); await null; export const initialize = () => console.log("started");`,
    },
    {
      converters: [{ from: "signals:Signal", to: "js:string", cost: 7, module: "./convert.js", export: "packed" }],
      initialize: "./start.js",
    },
  );
  t.is(stderr, "");
  t.is(
    stdout,
    "{ from: 'signals:Signal', to: 'js:string', cost: 7 }\nconvert.js loaded\n1 1\nstart.js loaded\nstarted\n",
  );
});
