// `getImplementation` of what a manifest names: loaded when it is asked for, as a call would load it.
import test from "ava";
import { BuiltPackage, type Files } from "./application.ts";
import { fastSignals, signalsApplication } from "./signals.ts";

const built = new BuiltPackage();
test.after.always(() => built.remove());

/** What a body prints in an application with `fast-signals`. */
function printed(body: string, options: { manifest?: object; files?: Files } = {}): string {
  const files = Object.entries(options.files ?? {});
  const application = built.application(
    signalsApplication(["fast-signals"], {
      ...fastSignals(options.manifest),
      ...Object.fromEntries(files.map(([path, text]) => [`node_modules/fast-signals/${path}`, text])),
      "main.js": `
        import { getImplementation, trace } from "tagswitch";
        import { scale, Signal, system } from "signals";
        const signal = new Signal([1, 2, 3]);
        ${body}
      `,
    }),
  );
  const { stdout, stderr } = application.run("main.js");
  return stdout + stderr;
}

test("it is there before any call, and is what calls run", (t) => {
  const text = printed(
    `
      const bare = getImplementation(scale, "fast");
      console.log(bare(signal, 2).samples.join(), bare === getImplementation(scale, "fast"));
      console.log(scale(signal, 2).by, trace(() => scale(signal, 2)).calls[0].backend);
    `,
    { manifest: { functions: { scale: {} } } },
  );
  t.is(text, "run.js loaded\n2,4,6 true\nfast fast\n");
});

test("what cannot be loaded is the error that a call has", (t) => {
  const text = printed(
    `
      const failure = (body) => { try { body(); } catch (error) { return error.code + error.message; } };
      const bare = failure(() => getImplementation(scale, "fast"));
      console.log(bare.slice(0, 17), bare === failure(() => scale(signal, { backend: "fast" })));
    `,
    {
      files: { "run.js": "await null; export const scale = () => 1;", "decide.js": "export const scale = () => true;" },
    },
  );
  t.is(text, "ERR_DISPATCH_LOAD true\n");
});

test("there is none where it is asynchronous only, and nothing is loaded for that", (t) => {
  const text = printed(`console.log(getImplementation(scale, "fast"));`, {
    manifest: { functions: { scale: { async: true } } },
  });
  t.is(text, "undefined\n");
});

test("a backend that has yet to start does not run calls for it", (t) => {
  const text = printed(
    `
      console.log(getImplementation(scale, "fast")(signal, 2).by, scale(signal, 2).by);
      await system.ready("fast");
      console.log(scale(signal, 2).by);
    `,
    {
      manifest: { functions: { scale: {} }, initialize: "./start.js" },
      files: { "start.js": "export const initialize = async () => {};" },
    },
  );
  t.is(text, "run.js loaded\nfast default\nfast\n");
});
