import test from "ava";
import { BuiltPackage, type Files } from "../discovery/application.ts";
import { fastManifest, fastSignals, signalsApplication } from "../discovery/signals.ts";

const built = new BuiltPackage();
test.after.always(() => built.remove());

interface Diagnosis {
  application: { name: string };
  backends: { name: string; package: string; version: string; endorsed: boolean; state: string }[];
  environment: { name: string; meaning: string }[];
  problems: string[];
}

function diagnose(files: Files, args: string[] = [], env: NodeJS.ProcessEnv = {}): Diagnosis & { code: number | null } {
  const made = built.application(signalsApplication(["fast-signals", "quick-signals"], { ...fastSignals(), ...files }));
  const { code, stdout, stderr } = made.tagswitch(["doctor", "--json", ...args], { env });
  if (stderr !== "") throw new Error(stderr);
  return { code, ...(JSON.parse(stdout) as Diagnosis) };
}

function quickSignals(fields: object): Files {
  return {
    "node_modules/quick-signals/package.json": {
      ...{ name: "quick-signals", version: "2.0.0" },
      tagswitch: { backends: { signals: { quick: "./signals.tagswitch.json" } } },
    },
    "node_modules/quick-signals/signals.tagswitch.json": fastManifest({ name: "quick", ...fields }),
    "node_modules/quick-signals/run.js": "",
    "node_modules/quick-signals/decide.js": "",
  };
}

test("all is well: what there is, in tables, and exit code 0", (t) => {
  const made = built.application(signalsApplication(["fast-signals"], fastSignals()));
  const { code, stdout, stderr } = made.tagswitch(["doctor"]);
  t.is(stderr, "");
  t.is(code, 0, stdout);
  t.regex(stdout, new RegExp(`^Node +${process.versions.node}$`, "m"));
  t.regex(stdout, /^tagswitch +\d+\.\d+\.\d+ in /m);
  t.regex(stdout, /^addon +.*tagswitch\.node$/m);
  t.regex(stdout, /^application +application in /m);
  t.regex(stdout, /│ signals │ fast +│ fast-signals 1\.2\.3 │ yes +│ found +│/);
  t.regex(stdout, /No problems\.\n$/);
  t.false(stdout.includes("\u001B"), "no colours where there is no terminal");
});

test("packages, versions, endorsement and the state of each backend", (t) => {
  const { code, application, backends, problems } = diagnose(quickSignals({}), [], { SIGNALS_BLOCK: "quick" });
  t.is(code, 0);
  t.is(application.name, "application");
  t.deepEqual(
    backends.map((one) => [one.name, one.package, one.version, one.endorsed, one.state]),
    [
      ["fast", "fast-signals", "1.2.3", true, "found"],
      ["quick", "quick-signals", "2.0.0", false, "blocked"],
    ],
  );
  t.deepEqual(problems, []);
});

test("a version outside the library's range is not endorsed", (t) => {
  const { backends } = diagnose({
    "node_modules/fast-signals/package.json": {
      ...{ name: "fast-signals", version: "2.0.0" },
      tagswitch: { backends: { signals: { fast: "./signals.tagswitch.json" } } },
    },
  });
  t.deepEqual(
    backends.map(({ endorsed }) => endorsed),
    [false],
  );
});

test("a broken manifest is a problem, and exit code 1", (t) => {
  const { code, backends, problems } = diagnose(quickSignals({ primary: [] }));
  t.is(code, 1);
  t.deepEqual(
    backends.map(({ state }) => state),
    ["found", "left out"],
  );
  t.is(problems.length, 1);
  t.regex(problems[0]!, /backend "quick" of quick-signals is left out: .*: primary is \[\]; expected at least 1 entry/);
});

const misspelt: [what: string, fields: object, args: string[], problem: RegExp][] = [
  [
    "a function, by the library",
    { functions: { "filters.smoth": {} } },
    [],
    /backend "quick" of quick-signals implements "filters\.smoth", which is unknown: did you mean "filters\.smooth"\?/,
  ],
  [
    "a function, by another manifest",
    { functions: { "filters.smoth": {} } },
    ["--no-load"],
    /"filters\.smoth".*did you mean "filters\.smooth"\?/,
  ],
  [
    "a function of nobody",
    { functions: { transpose: {} } },
    [],
    /"transpose", which is unknown: the library has no such function/,
  ],
  [
    "a type, by the library",
    { primary: ["signals:Singal"] },
    [],
    /names the type "signals:Singal".*did you mean "signals:Signal"\?/,
  ],
  [
    "a type, by another manifest",
    { secondary: ["signals:signal"] },
    ["--no-load"],
    /names the type "signals:signal".*did you mean "signals:Signal"\?/,
  ],
  [
    "a type of the language",
    { secondary: ["js:Float32array"] },
    [],
    /"js:Float32array".*did you mean "js:Float32Array"\?/,
  ],
  [
    "a backend that it goes before",
    { higherPriorityThan: ["defualt"] },
    [],
    /"defualt", which is unknown: did you mean "default"\?/,
  ],
];

for (const [what, fields, args, problem] of misspelt) {
  test(`a misspelt name is found: ${what}`, (t) => {
    const { code, problems } = diagnose(quickSignals(fields), args);
    t.is(code, 1);
    t.is(problems.length, 1, problems.join("\n"));
    t.regex(problems[0]!, problem);
  });
}

test("types that no other manifest has are not taken for misspelt", (t) => {
  t.deepEqual(diagnose(quickSignals({ primary: ["sharp:Sharp"] })).problems, []);
  const unknown = quickSignals({ primary: ["sharp:Sharp"], functions: { other: {} } });
  t.deepEqual(diagnose(unknown, ["--no-load"]).problems, []);
});

test("a misspelt system is found", (t) => {
  const { problems } = diagnose({
    ...quickSignals({ system: "signal" }),
    "node_modules/quick-signals/package.json": {
      ...{ name: "quick-signals", tagswitch: { backends: { signal: { quick: "./signals.tagswitch.json" } } } },
    },
  });
  t.deepEqual(problems, ['quick-signals has backends for "signal", which no package has: did you mean "signals"?']);
});

test("what the environment says, how it was understood, and what nothing reads", (t) => {
  const { code, environment, problems } = diagnose(quickSignals({}), [], {
    SIGNALS_PRIORITIZE: "fast,quick",
    SIGNALS_TRACE: "perhaps",
    SIGNALS_PRIORTIZE: "fast",
    SIGNALS_BACKEND_SCALE: "fast",
  });
  t.is(code, 1);
  t.deepEqual(
    environment.map(({ name, meaning }) => [name, meaning]).toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    [
      ["SIGNALS_BACKEND_SCALE", "fast first for SCALE"],
      ["SIGNALS_PRIORITIZE", "fast, then quick first"],
      ["SIGNALS_TRACE", "calls are not printed"],
    ],
  );
  t.is(problems.length, 2, problems.join("\n"));
  t.regex(problems[0]!, /SIGNALS_PRIORTIZE: nothing reads it; did you mean SIGNALS_PRIORITIZE\?/);
  t.regex(problems[1]!, /SIGNALS_TRACE: "perhaps" is neither on/);
});

test("names in the environment that nothing has are problems, as they are warnings of a program", (t) => {
  const { code, problems } = diagnose({}, [], {
    SIGNALS_PRIORITIZE: "fsat",
    SIGNALS_BACKEND_SCAEL: "fast",
    SIGNALS_BACKEND_SCALE: "fast",
  });
  t.is(code, 1);
  t.deepEqual(problems, [
    'environment variable SIGNALS_PRIORITIZE: so far no backend is called "fsat"; there are "fast", "default"',
    "environment variable SIGNALS_BACKEND_SCAEL: so far no function or group is called so; there are SCALE, FILTERS_SMOOTH, FILTERS",
  ]);
});

test("what a program would leave out of a manifest, and why", (t) => {
  const taken = { "filters.smooth": { options: { span: "of the window" } } };
  const circular = { higherPriorityThan: ["default"], lowerPriorityThan: ["default"] };
  const { code, problems } = diagnose(quickSignals({ functions: taken }));
  t.is(code, 1);
  t.is(problems.length, 1, problems.join("\n"));
  t.regex(problems[0]!, /quick-signals\/.*options\.span is ignored for backend "quick": the function has it itself$/);
  const left = diagnose(quickSignals(circular));
  t.is(left.problems.length, 1, left.problems.join("\n"));
  t.deepEqual(
    left.backends.map(({ name, state }) => `${name} ${state}`),
    ["fast found", "quick left out"],
  );
  t.regex(left.problems[0]!, /backend "quick" of quick-signals is left out: the declared order .* is circular: /);
});

test("files that a manifest names and that are not there", (t) => {
  const functions = { scale: { module: "./gone.js", shouldRun: "./decide:scale" }, "filters.smooth": {} };
  const files = quickSignals({ functions });
  const expected =
    /^backend "quick" of quick-signals names the file .*quick-signals\/gone\.js, which is not there \(.*\.json\)$/;
  for (const args of [[], ["--no-load"]]) {
    const { code, problems } = diagnose(files, args);
    t.is(code, 1);
    t.is(problems.length, 1, problems.join("\n"));
    t.regex(problems[0]!, expected);
  }
});

test("libraries are imported, no backend is; with --no-load nothing of any package is run", (t) => {
  const files = { "node_modules/signals/index.js": `throw new Error("run");` };
  t.is(diagnose(files, ["--no-load"]).code, 0);
  const { code, problems } = diagnose(files);
  t.is(code, 1);
  t.deepEqual(problems, ["signals, the library of signals, cannot be loaded: run"]);
});

test("a library's own prefix of its variables is known once it is loaded", (t) => {
  const library = signalsApplication([], {})["node_modules/signals/index.js"] as string;
  const files = {
    "node_modules/signals/index.js": library.replace(
      '{ name: "signals",',
      '{ name: "signals", environmentPrefix: "WAVES",',
    ),
  };
  const { backends, environment, problems } = diagnose(files, [], { WAVES_BLOCK: "fast", SIGNALS_TRACE: "1" });
  t.deepEqual(problems, []);
  t.deepEqual(
    environment.map(({ name }) => name),
    ["WAVES_BLOCK"],
  );
  t.is(backends.find(({ name }) => name === "fast")!.state, "blocked");
});

test("backends for a library that is not there are no problem", (t) => {
  const { code, problems } = diagnose({
    ...quickSignals({ system: "elsewhere" }),
    "node_modules/quick-signals/package.json": {
      ...{ name: "quick-signals", tagswitch: { backends: { elsewhere: { quick: "./signals.tagswitch.json" } } } },
    },
  });
  t.deepEqual(problems, []);
  t.is(code, 0);
});

test("another folder's application may be asked about", (t) => {
  const made = built.application({
    ...signalsApplication([], {}),
    "other/package.json": { name: "other", dependencies: {} },
  });
  t.is((JSON.parse(made.tagswitch(["doctor", "--json", "other"]).stdout) as Diagnosis).application.name, "other");
});
