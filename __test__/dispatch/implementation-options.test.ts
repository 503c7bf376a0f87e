// What a backend may say of an implementation: options of its own, validators, the context; and what that costs others.
import test from "ava";
import { createBackendSystem, type DispatchContext, explain, trace } from "../../src/index.ts";
import { Point } from "./library.ts";

type Options = Record<string, unknown>;

let count = 0;
const point = new Point(1);

function library(validate?: (...args: never[]) => void) {
  const seen: unknown[][] = [];
  const name = `implementation-options-${count++}`;
  const system = createBackendSystem({ name, defaultTypes: ["geometry:Point"], discover: false });
  const config = { on: [0], ...(validate && { validate }) };
  const who = system.dispatchable("who", config, (...args: [point: Point, options?: Options]): string => {
    seen.push(args);
    return "default";
  });
  const add = (backend: string) =>
    system.registerBackend({ name: backend, primary: ["geometry:Point"], higherPriorityThan: ["default"] });
  return { system, who, add, seen };
}

const options = { chunks: { description: "how many pieces", default: 4 }, device: "where" };

test("an option of a backend's own goes to backends that know it, and is an error where none does", (t) => {
  const { system, who, add, seen } = library();
  add("plain").implement(who, () => "plain");
  const chunked = (...args: unknown[]): string => {
    seen.push(args);
    return "chunked";
  };
  add("chunked").implement(who, chunked, { options });
  for (let repeat = 0; repeat < 2; repeat++) {
    t.is(who(point), "plain");
    t.is(who(point, {}), "plain");
    t.is(who(point, { chunks: 2 }), "chunked");
    t.is(who(point, { unknown: 2 }), "plain");
  }
  t.deepEqual(seen, [
    [point, { chunks: 2 }],
    [point, { chunks: 2 }],
  ]);
  t.regex(explain(who, point, { chunks: 2 }).considered[0]!.reason, /does not know the option "chunks"/);
  const disabled = (): string => system.backend({ disable: "chunked" }, () => who(point, { chunks: 2 }));
  t.throws(disabled, { code: "ERR_DISPATCH_NO_IMPLEMENTATION", message: /plain: does not know the option "chunks"/ });
  t.throws(() => who(point, { chunks: 2, backend: "plain" }), { code: "ERR_DISPATCH_REFUSED", message: /chunks/ });
});

test("an object named after a backend reaches that one only, and no option in it may be misspelt", (t) => {
  const { who, add, seen } = library();
  const chunked = (...args: unknown[]): string => {
    seen.push(args);
    return "chunked";
  };
  add("chunked").implement(who, chunked, { options });
  add("other").implement(who, () => "other");
  const given = { by: 3, chunked: { chunks: 2 }, other: {} };
  t.is(who(point, given), "chunked");
  t.is(who(point, { ...given, backend: "default" }), "default");
  t.deepEqual(seen, [
    [point, { by: 3, chunked: { chunks: 2 } }],
    [point, { by: 3, backend: "default" }],
  ]);
  t.throws(() => who(point, { chunked: { chunk: 2 } }), { code: "ERR_DISPATCH_ARGUMENT", message: /chunks, device/ });
});

test("a function's own options are its own, whatever backends are called; an undefined option is none", (t) => {
  const { who, add, seen } = library();
  for (const name of ["mode", "sigma"]) add(name).implement(who, () => name, { options, shouldRun: () => "not now" });
  const given = { mode: "wrap", sigma: [1, 2], chunks: undefined };
  t.is(who(point, given), "default");
  t.deepEqual(seen, [[point, given]]);
});

test("no backend takes what callers say to the dispatcher for an option of its own", (t) => {
  const { who, add } = library();
  const greedy = add("greedy");
  for (const name of ["backend", "like", "signal"]) {
    const error = { code: "ERR_DISPATCH_ARGUMENT", message: new RegExp(`"${name}".*the dispatcher has it`) };
    t.throws(() => greedy.implement(who, () => "greedy", { options: { [name]: "mine" } }), error);
  }
  t.is(who(point, { backend: "default" }), "default");
});

test("an object named after a backend is that backend's, though another one has a plain option of that name", (t) => {
  const { who, add } = library();
  add("other").implement(who, () => "other", { options: { chunked: "whether to" }, shouldRun: () => "never" });
  add("chunked").implement(who, () => "chunked", { options });
  t.is(who(point, { chunked: { chunks: 2 } }), "chunked");
  t.is(who(point, { chunked: { chunks: 2 }, backend: "default" }), "default");
  t.throws(() => who(point, { chunked: true }), { message: /does not know the option "chunked"/ });
});

test("options by symbols are not lost where others are hidden", async (t) => {
  const { who, add, seen } = library();
  add("chunked").implement(who, () => "chunked", { options });
  const key = Symbol("key");
  t.is(who(point, { [key]: 1, backend: "default", chunked: { chunks: 2 } }), "default");
  await who.async(point, { [key]: 1, backend: "default", signal: new AbortController().signal });
  t.deepEqual(
    seen.map(([, given]) => given),
    [
      { [key]: 1, backend: "default" },
      { [key]: 1, backend: "default" },
    ],
  );
});

test("options of a backend's own are listed with what they are for", (t) => {
  const { who, add } = library();
  add("chunked").implement(who, () => "chunked", { options });
  const listed = who.backends.map(({ backend, options: known }) => [backend, known]);
  t.deepEqual(listed, [
    ["chunked", { chunks: options.chunks, device: { description: "where" } }],
    ["default", {}],
  ]);
});

test("a validator is asked whoever implements the function, and backends may replace or extend it", (t) => {
  const { who, add } = library((given: Point) => {
    if (given.x < 0) throw new RangeError("negative");
  });
  const bad = new Point(-1);
  const big = new Point(100);
  t.throws(() => who(bad), { instanceOf: RangeError, message: "negative" });
  t.is(who(point), "default");
  const inherits = add("inherits");
  inherits.implement(who, () => "inherits");
  add("replaces").implement(who, () => "replaces", {
    validate: ({ x }) => {
      if (x > 10) throw new RangeError("large");
    },
  });
  add("extends").implement(who, () => "extends", {
    validateAlso: ({ x }) => {
      if (x > 10) throw new RangeError("large");
    },
  });
  for (let repeat = 0; repeat < 2; repeat++) {
    t.throws(() => who(bad), { message: "negative" });
    t.is(who(big), "inherits");
    t.is(who(bad, { backend: "replaces" }), "replaces");
    t.throws(() => who(big, { backend: "replaces" }), { message: "large" });
    t.throws(() => who(bad, { backend: "extends" }), { message: "negative" });
    t.throws(() => who(big, { backend: "extends" }), { message: "large" });
  }
});

test("an implementation that asks for it gets the context first", async (t) => {
  const { system, who, add } = library();
  const contexts: DispatchContext[] = [];
  const implementation = (context: DispatchContext, ...args: unknown[]): string => {
    contexts.push(context);
    return `curious about ${args.length}`;
  };
  add("curious").implement(who, implementation, { context: true });
  t.is(who(point), "curious about 1");
  t.is(
    system.backend("curious", () => who(point, {})),
    "curious about 2",
  );
  t.is(await who.async(point, { backend: "curious" }), "curious about 2");
  t.deepEqual(
    contexts.map(({ prioritized, forced, asynchronous }) => [prioritized, forced, asynchronous]),
    [
      [false, false, false],
      [true, false, false],
      [true, true, true],
    ],
  );
  t.like(contexts[0], { backend: "curious", function: "who", types: ["geometry:Point"], dispatchArguments: [point] });
});

test("wrong descriptions of implementations are errors", (t) => {
  const { who, add } = library();
  const backend = add("wrong");
  const wrong = (implementation: unknown, given?: object): void => {
    t.throws(() => backend.implement(who, implementation as never, given as never), { code: "ERR_DISPATCH_ARGUMENT" });
  };
  const run = (): string => "";
  for (const implementation of [undefined, null, 5, {}, { sync: 5 }, { sync: run, async: true }]) wrong(implementation);
  wrong(run, { shouldrun: run });
  wrong(run, { defers: 1 });
  wrong(run, { options: { chunks: 5 } });
  wrong(run, { options: null });
  wrong(run, { validate: true });
  t.is(who(point), "default");
});

test("one frame of ours stands between caller and implementation", (t) => {
  const { system, who, add } = library();
  const fail = (): never => {
    throw new Error("own");
  };
  const frames = (call: () => unknown): string[] => {
    const error = t.throws(call);
    const lines = error.stack!.split("\n").slice(1);
    return lines.slice(
      lines.findIndex((line) => line.includes("fail")) + 1,
      lines.findIndex((line) => line.includes("caller")),
    );
  };
  function caller(given?: Options): unknown {
    return given === undefined ? who(point) : who(point, given);
  }
  const failing = add("failing");
  failing.implement(who, fail, { shouldRun: ({ forced }) => forced || "not asked for" });
  const certain = system.registerBackend({
    name: "certain",
    primary: ["geometry:Point"],
    higherPriorityThan: ["failing"],
  });
  certain.implement(who, fail);
  for (let repeat = 0; repeat < 6; repeat++) {
    t.is(frames(() => caller()).length, 1);
    t.is(frames(() => caller({})).length, 1);
    t.is(frames(() => caller({ backend: "failing" })).length, 1);
    t.is(frames(() => system.backend("certain", () => caller())).length, 1);
  }
  t.true(frames(() => caller()).every((line) => line.includes("tagswitch:stub")));
  t.throws(() => trace(() => caller()), { message: "own" });
});

test("no backend takes an option of the function itself for one of its own", (t) => {
  const system = createBackendSystem({ name: "taken-options", defaultTypes: ["geometry:Point"], discover: false });
  const config = { on: [0], optionNames: ["by"] };
  const who = system.dispatchable("who", config, (_point: Point, _options?: Options): string => "default");
  const greedy = system.registerBackend({ name: "greedy", primary: ["geometry:Point"], optIn: true });
  t.throws(() => greedy.implement(who, () => "greedy", { options: { by: "how far" } }), {
    code: "ERR_DISPATCH_ARGUMENT",
    message: /"by".*the function has it/,
  });
  t.is(who(point, { by: 3 }), "default");
  greedy.implement(who, () => "greedy", { options: { chunks: "how many" } });
  t.is(who(point, { by: 3 }), "default");
  const wrong = { on: [0], optionNames: [5] as unknown as string[] };
  t.throws(() => system.dispatchable("wrong", wrong, () => 0), { code: "ERR_DISPATCH_ARGUMENT" });
});
