// Backends of packages that the environment blocks: known by name, and by nothing else.
import test from "ava";
import { BuiltPackage, type Files, type Outcome } from "./application.ts";
import { fastSignals, signalsApplication } from "./signals.ts";

const built = new BuiltPackage();
test.after.always(() => built.remove());

/** Files of which none can be read or run without a trace. */
const UNREADABLE: Files = {
  ...fastSignals(),
  "node_modules/fast-signals/signals.tagswitch.json": "no manifest",
  "node_modules/fast-signals/decide.js": "throw new Error('read')",
  "node_modules/fast-signals/run.js": "(",
};

/** Runs a body in an application with `fast-signals`, of which nothing can be read, where backends are blocked. */
function whereBlocked(body: string, files: Files = UNREADABLE, block = "fast"): Outcome {
  const application = built.application(
    signalsApplication(["fast-signals"], {
      ...files,
      "main.js": `
        import { explain, getImplementation, invoke, trace } from "tagswitch";
        import { scale, Signal, system } from "signals";
        const signal = new Signal([1, 2, 3]);
        const tried = (body) => {
          try { return body().by; } catch (error) { return error.code + " " + error.message; }
        };
        ${body}
      `,
    }),
  );
  return application.run("main.js", { env: { SIGNALS_BLOCK: block } });
}

test("a scope that puts it first, never wants it, or says so for a function lets the next backend run", (t) => {
  const { stdout, stderr } = whereBlocked(`
    for (const choice of ["fast", { disable: "fast" }, { prioritize: { scale: "fast" } }]) {
      console.log(tried(() => system.backend(choice, () => scale(signal, 2))));
    }
    const { calls } = trace(() => system.backend("fast", () => scale(signal, 2)));
    console.log(JSON.stringify(calls[0].considered.map(({ backend, verdict, reason }) => [backend, verdict, reason])));
  `);
  t.is(stderr, "");
  t.is(
    stdout,
    'default\ndefault\ndefault\n[["default","ran",""],["fast","refused","blocked by the environment: the library\'s variable …_BLOCK names it"]]\n',
  );
});

test("to force it is refused with that reason", (t) => {
  const { stdout, stderr } = whereBlocked(`
    console.log(tried(() => system.backend({ exclusive: "fast" }, () => scale(signal, 2))));
    console.log(tried(() => scale(signal, { backend: "fast" })));
    console.log(tried(() => invoke(scale, "fast")(signal, 2)));
    console.log(await scale.async(signal, { backend: "fast" }).catch((error) => error.code));
  `);
  t.is(stderr, "");
  const refused =
    'ERR_DISPATCH_REFUSED backend "fast" was chosen for scale(signals:Signal) and cannot run it: blocked by the environment: the library\'s variable …_BLOCK names it';
  t.is(stdout, `${refused}\n${refused}\n${refused}\nERR_DISPATCH_REFUSED\n`);
});

test("it is among the backends, with its package, and implements nothing", (t) => {
  const { stdout, stderr } = whereBlocked(`
    console.log(system.backends.join(), scale.backends.length, getImplementation(scale, "fast"));
    const { name, origin } = system.describe().backends[1];
    console.log(name, origin.package, origin.version, origin.endorsed, origin.manifest.replace(/.*node_modules./, ""));
    await system.ready("fast");
  `);
  t.is(stderr, "");
  t.is(stdout, "default,fast 1 undefined\nfast fast-signals 1.2.3 true fast-signals/package.json\n");
});

test("one that code registered under the name takes its place, and is blocked too", (t) => {
  const { stdout, stderr } = whereBlocked(`
    system.registerBackend({ name: "fast", primary: ["signals:Signal"] }).implement(scale, () => "ours");
    console.log(tried(() => system.backend("fast", () => scale(signal, 2))), system.backends.join());
  `);
  t.is(stderr, "");
  t.is(stdout, "default default,fast\n");
});

test("a name that no package has is warned of, and is no backend", (t) => {
  const { stdout, stderr } = whereBlocked(
    `console.log(tried(() => system.backend("fats", () => scale(signal, 2))));`,
    fastSignals(),
    "fats",
  );
  t.regex(stdout, /^ERR_DISPATCH_UNKNOWN_BACKEND signals has no backend "fats"/);
  t.regex(stderr, /environment variable SIGNALS_BLOCK: so far no backend is called "fats"/);
});
