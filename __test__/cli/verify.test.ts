import test from "ava";
import { makeProject } from "./verify-project.ts";

const project = makeProject();
test.after.always(() => project.remove());

interface Verified {
  readonly schema: string;
  readonly ok: boolean;
  readonly reports: readonly {
    readonly backend: string;
    readonly ok: boolean;
    readonly functions: readonly { readonly function: string; readonly verdict: string; readonly calls: number }[];
  }[];
}

const LIBRARY = "node_modules/vectors";

test("a library's folder: its own backends, function × verdict, exit code 1 if one did not pass", async (t) => {
  const { code, stdout, stderr } = await project.verify(LIBRARY);
  t.is(stderr, "");
  t.is(code, 1);
  t.regex(stdout, /vectors\/core, backend "good": 1 passed, 0 failed, 1 not implemented/);
  t.regex(stdout, /sum +│ failed +│ +1 │ adds: the sum is off/);
  t.regex(stdout, /sum +│ refused +│ +│ refused 1 ×: not today/);
});

test("--backend chooses, and exit code 0 says that all of these passed", async (t) => {
  const { code, stdout } = await project.verify(LIBRARY, "--backend", "good");
  t.is(code, 0);
  t.notRegex(stdout, /idle|near/);
});

test("one that refuses everything does not pass, although every case did", async (t) => {
  const { code, stdout } = await project.verify(LIBRARY, "-b", "idle", "--json");
  t.is(code, 1);
  const { schema, ok, reports } = JSON.parse(stdout) as Verified;
  t.is(schema, "tagswitch/verify/1");
  t.false(ok);
  t.like(reports[0]!.functions[0], { function: "sum", verdict: "refused", calls: 0 });
});

test("--set gives the suite's settings", async (t) => {
  t.is((await project.verify(LIBRARY, "-b", "near")).code, 1);
  t.is((await project.verify(LIBRARY, "-b", "near", "--set", "tolerance=0.1")).code, 0);
});

test("--function chooses functions", async (t) => {
  const { stdout } = await project.verify(LIBRARY, "-b", "good", "-f", "sum", "--json");
  const [report] = (JSON.parse(stdout) as Verified).reports;
  t.deepEqual(
    report!.functions.map(({ function: name }) => name),
    ["sum"],
  );
});

project.write("empty/package.json", { name: "empty" });
project.write("stray/package.json", { name: "stray", tagswitch: { backends: { "missing/one": { a: "./a.json" } } } });
project.write("orphan/package.json", { name: "orphan", tagswitch: { backends: { "tagswitch/x": { a: "./a.json" } } } });
project.write("node_modules/half/package.json", {
  name: "half",
  tagswitch: { systems: { half: { module: "half", suite: "half/suite" } } },
});
project.write("halved/package.json", { name: "halved", tagswitch: { backends: { half: { a: "./a.json" } } } });
project.write("broken/package.json", "{");
project.write("ghost/package.json", {
  name: "ghost",
  tagswitch: { backends: { "vectors/core": { ghost: "./no.json" } } },
});

const senseless: [folder: string, args: string[], message: RegExp][] = [
  ["empty", [], /package\.json names no backends; expected "tagswitch": \{ "backends"/],
  ["stray", [], /no library of missing\/one is installed for .*; is missing missing\?/],
  ["orphan", [], /package\.json names no suite of tagswitch\/x/],
  ["halved", [], /the suite of half, "half\/suite", is not to be found from/],
  ["broken", [], /package\.json is no JSON/],
  ["ghost", [], /ghost declares backend "ghost" of vectors\/core, which the library does not find; it has: .*good/],
  [LIBRARY, ["-b", "godo"], /vectors has no backend "godo"; there is: good, near, idle/],
  [LIBRARY, ["--set", "tolerence=1"], /--set tolerence=1 is no setting of the suite; it has: tolerance=0/],
  [LIBRARY, ["--set", "tolerance=wide"], /--set tolerance=wide: expected a number, as in tolerance=0$/m],
  [LIBRARY, ["--set", "tolerance"], /--set tolerance: expected a number, as in tolerance=0$/m],
  [LIBRARY, ["-f", "summ"], /no function or group "summ"; did you mean "sum"\?$/m],
  [LIBRARY, ["-f", "median"], /no function or group "median"; there is: sum, scale$/m],
  [LIBRARY, ["one", "two"], /unexpected argument "two"/],
  [LIBRARY, ["--jsn"], /Unknown option '--jsn'.*tagswitch verify --help/],
];

for (const [folder, args, message] of senseless) {
  test(`verify in ${folder} with "${args.join(" ")}" makes no sense: a message, nothing on stdout`, async (t) => {
    const { code, stdout, stderr } = await project.verify(folder, ...args);
    t.is(code, 2);
    t.is(stdout, "");
    t.regex(stderr, message);
  });
}
