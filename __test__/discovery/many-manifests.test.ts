// Start-up with many backends: it is told how long that takes, and held that none of their modules are loaded.
import test from "ava";
import { BuiltPackage } from "./application.ts";
import { signalsApplication } from "./signals.ts";

const built = new BuiltPackage();
test.after.always(() => built.remove());

const PACKAGES = 100;
const FUNCTIONS = 100;

test("10,000 implementations in manifests are there without one of them being loaded", (t) => {
  const names = Array.from({ length: PACKAGES }, (_, i) => `signals-${i}`);
  const functions = Array.from({ length: FUNCTIONS }, (_, i) => `group.f${i}`);
  const implementation = { shouldRun: "./decide.js", options: { chunks: { description: "how many", default: 3 } } };
  const files = names.map((name) => ({
    [`node_modules/${name}/package.json`]: {
      ...{ name, version: "1.0.0" },
      tagswitch: { backends: { signals: { [name]: "./signals.tagswitch.json" } } },
    },
    [`node_modules/${name}/signals.tagswitch.json`]: {
      ...{ system: "signals", name, primary: ["signals:Signal"], module: "./run.js" },
      functions: Object.fromEntries(functions.map((fn) => [fn, implementation])),
    },
  }));
  const application = built.application(
    signalsApplication(names, {
      ...Object.assign({}, ...files),
      "main.js": `
        import { scale, Signal, system } from "signals";
        const made = ${JSON.stringify(functions)}.map((name) => system.dispatchable(name, { on: [0] }, () => "default"));
        const start = process.cpuUsage();
        scale(new Signal([1]), 2);
        const { user, system: kernel } = process.cpuUsage(start);
        const discovered = (user + kernel) / 1000;
        const { length } = system.backends;
        const { functions } = system.describe();
        const implementations = functions.reduce((sum, { backends }) => sum + backends.length, 0);
        console.log(JSON.stringify({ length, implementations, discovered }));
      `,
    }),
  );
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    const { stdout, stderr } = application.run("main.js");
    t.is(stderr, "");
    const { length, implementations, discovered } = JSON.parse(stdout) as Record<string, number>;
    t.is(length, PACKAGES + 1);
    // The library's two functions, and its own implementation of each.
    t.is(implementations, PACKAGES * FUNCTIONS + FUNCTIONS + 2);
    times.push(discovered!);
  }
  t.log(
    `10,000 implementations of 100 packages found by the first call in ${Math.min(...times).toFixed(0)} ms of the processor, at best of ${times.length}`,
  );
});
