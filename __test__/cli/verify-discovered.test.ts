// Backends of a package, found by their manifests as users have them, and verified.
import test from "ava";
import { makeProject } from "./verify-project.ts";

const project = makeProject();
test.after.always(() => project.remove());

interface Verified {
  readonly reports: readonly {
    readonly backend: string;
    readonly ok: boolean;
    readonly functions: readonly { readonly function: string; readonly verdict: string; readonly calls: number }[];
  }[];
}

project.write("backends/vectors-extra/package.json", {
  name: "vectors-extra",
  version: "1.0.0",
  type: "module",
  peerDependencies: { vectors: "*" },
  tagswitch: {
    backends: { "vectors/core": { fast: "./fast.json", off: "./off.json", shy: "./shy.json", late: "./late.json" } },
  },
});
const manifest = (name: string, functions: object): void => {
  const declaration = { system: "vectors/core", name, primary: ["vectors:Vector"], optIn: true, functions };
  project.write(`backends/vectors-extra/${name}.json`, declaration);
};
manifest("fast", { sum: { module: "./sum.js", export: "sum" } });
manifest("off", { sum: { module: "./sum.js", export: "offByOne" } });
manifest("shy", { sum: { module: "./unloadable.js", export: "sum", shouldRun: "./decide.js:never" } });
manifest("late", { sum: { module: "./sum.js", export: "late", async: true } });
project.write("backends/vectors-extra/unloadable.js", "throw new Error('loaded without need')");
project.write("backends/vectors-extra/decide.js", "export const never = () => 'too small to bother';");
project.write(
  "backends/vectors-extra/sum.js",
  `export const sum = ({ values }) => values.reduce((a, b) => a + b);
   export const offByOne = (vector) => sum(vector) + 1;
   export const late = async (vector) => { await null; return sum(vector); };`,
);

test("a backend package's folder: its backends are found by their manifests, and run", async (t) => {
  const { code, stdout, stderr } = await project.verify("backends/vectors-extra", "--json");
  t.is(stderr, "");
  t.is(code, 1);
  const verdicts = (JSON.parse(stdout) as Verified).reports.map(({ backend, ok, functions }) => {
    const { verdict, calls } = functions.find(({ function: name }) => name === "sum")!;
    return [backend, verdict, calls, ok];
  });
  t.deepEqual(verdicts, [
    ["fast", "passed", 1, true],
    ["off", "failed", 1, false],
    ["shy", "refused", 0, false],
    ["late", "passed", 1, true],
  ]);
});

test("it may be named from elsewhere; exit code 0 where all chosen ones passed", async (t) => {
  const { code, stdout, stderr } = await project.verify(".", "backends/vectors-extra", "-b", "fast", "-b", "late");
  t.is(code, 0, stderr);
  t.regex(stdout, /backend "fast": 1 passed, 0 failed, 1 not implemented/);
});
