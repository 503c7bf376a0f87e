// Twelve situations that any dispatcher of this kind has to get right; most are the Python dispatchers' own.
import test, { type ExecutionContext } from "ava";
import {
  type Backend,
  type BackendDeclaration,
  type BackendSystem,
  createBackendSystem,
  defer,
  explain,
  registerConverter,
  registerType,
  trace,
  type TypePattern,
} from "../../src/index.ts";
import { TYPESCRIPT } from "../typescript.ts";

class I {}
class F {}
class C {}
registerType(I, "scenarios:I");
registerType(F, "scenarios:F");
registerType(C, "scenarios:C");
const [i, f, c] = [new I(), new F(), new C()];

/** The abstract parent of all three. */
const R: TypePattern = {
  name: "scenarios:R",
  matches: (type) => [I, F, C].some((each) => type === each || type.prototype instanceof each),
};

type Function = (...args: unknown[]) => string;

let count = 0;

/** A library of one function of up to two arguments, on `default` for I. */
function library(
  backends: BackendDeclaration[],
  defaultTypes: TypePattern[] = ["scenarios:I"],
): { system: BackendSystem; call: Function; all: Map<string, Backend> } {
  const system = createBackendSystem({ name: `scenarios-${count++}`, defaultTypes, discover: false });
  const call = system.dispatchable("f", { on: [0, 1] }, (..._args: unknown[]): string => "default");
  const all = new Map<string, Backend>();
  for (const declaration of backends) {
    const backend = system.registerBackend(declaration);
    backend.implement(call, () => declaration.name);
    all.set(declaration.name, backend);
  }
  return { system, call, all };
}

const FAMILY: BackendDeclaration[] = [
  { name: "RealB", primary: [R] },
  { name: "IntB", primary: ["scenarios:I"] },
  { name: "IntB2", primary: ["scenarios:I"] },
  { name: "FloatB", primary: ["scenarios:F"], secondary: ["scenarios:I"] },
  { name: "IntSubB", primary: [{ type: "scenarios:I", subclasses: true }] },
];

/** Who is tried for `f(I)` in an active scope, those disabled left out. */
function order(call: Function): string[] {
  const considered = explain(call, i).considered.filter(({ reason }) => !reason.startsWith("disabled"));
  return considered.map(({ backend }) => backend);
}

test("S1: seed order, specificity and structural types order the backends, however they were given", (t) => {
  t.deepEqual(library(FAMILY).system.backends, ["default", "IntB", "IntB2", "IntSubB", "FloatB", "RealB"]);
  t.deepEqual(library(FAMILY.toReversed()).system.backends, [
    ...["default", "IntB2", "IntB", "IntSubB", "FloatB", "RealB"],
  ]);
});

test("S2: what is prioritized and disabled globally holds for every call", (t) => {
  const { system, call } = library(FAMILY);
  t.is(call(i), "default");
  system.backend.globally({ prioritize: "RealB", disable: "IntB2" });
  t.is(call(i), "RealB");
  t.deepEqual(order(call), ["RealB", "default", "IntB", "IntSubB", "FloatB"]);
});

test("S3: an inner scope's priority comes first and re-enables", (t) => {
  const { system, call } = library(FAMILY);
  system.backend({ prioritize: "RealB", disable: ["IntB", "default"] }, () => {
    t.is(call(i), "RealB");
    system.backend("IntB", () => {
      t.is(call(i), "IntB");
      t.deepEqual(order(call), ["IntB", "RealB", "IntB2", "IntSubB", "FloatB"]);
    });
  });
});

const PAIR: BackendDeclaration[] = [
  { name: "b1", primary: ["scenarios:F", "scenarios:I"] },
  { name: "b2", primary: ["scenarios:F", "scenarios:C"], secondary: ["scenarios:I"] },
];

test("S4: all arguments count, and one must be of a primary type", (t) => {
  const { system, call } = library(PAIR);
  const within = (names: string[], ...args: unknown[]): string => system.backend(names, () => call(...args));
  t.is(call(i, i), "default");
  t.is(call(f, f), "b1");
  t.is(call(c, f), "b2");
  t.is(within(["b1"], i, i), "b1");
  t.is(within(["b2", "b1"], f, f), "b2");
  t.is(within(["b2", "b1"], i, i), "b1");
});

test("S5: a scope's type counts as one more argument's", (t) => {
  const { system, call } = library(PAIR);
  const typed = (type: "scenarios:F" | "scenarios:C", prioritize: string[], ...args: unknown[]): string =>
    system.backend({ type, prioritize }, () => call(...args));
  t.is(typed("scenarios:F", [], i, i), "b1");
  t.is(typed("scenarios:C", [], i, i), "b2");
  t.is(typed("scenarios:F", ["b2"], i, i), "b2");
  t.is(typed("scenarios:F", []), "b1");
  const { calls } = trace(() => typed("scenarios:F", []));
  t.deepEqual(calls[0]!.types, ["scenarios:F"]);
});

test("S6: a backend that refuses is in the trace with its reason, and the library's own runs", (t) => {
  // The library's own takes F too, or it could not run in S's place.
  const { system, call } = library([], ["scenarios:I", "scenarios:F"]);
  system
    .registerBackend({ name: "S", primary: ["scenarios:F"] })
    .implement(call, () => "S", { shouldRun: () => "not on Sundays" });
  const { result, calls } = trace(() => call(f));
  t.is(result, "default");
  t.deepEqual(
    calls[0]!.considered.map(({ backend, verdict, reason }) => [backend, verdict, reason]),
    [
      ["S", "refused", "not on Sundays"],
      ["default", "ran", ""],
    ],
  );
  // Of I alone it is asked next all the same, and nobody is left.
  const { system: strict, call: ask } = library([]);
  const S = strict.registerBackend({ name: "S", primary: ["scenarios:F"], higherPriorityThan: ["default"] });
  S.implement(ask, () => "S", { shouldRun: () => "not on Sundays" });
  t.throws(() => ask(f), { message: /:\n  S: not on Sundays\n  default: does not work on scenarios:F$/ });
});

test("S7: an opt-in backend never runs until it is prioritized", async (t) => {
  const { system, call } = library([
    { name: "shy", primary: ["scenarios:I"], higherPriorityThan: ["default"], optIn: true },
  ]);
  t.is(call(i), "default");
  t.is(
    system.backend({ disable: [] }, () => call(i)),
    "default",
  );
  t.throws(() => system.backend({ disable: "default" }, () => call(i)), { message: /shy: .*opt-in/ });
  t.is(
    system.backend("shy", () => call(i)),
    "shy",
  );
  t.is(call(i, undefined, { backend: "shy" }), "shy");
  t.is(call(i), "default");
  t.is(await inEnvironment({ SCENARIO_PRIORITIZE: "shy" }), "shy");
  t.is(await inEnvironment({ SCENARIO_BACKEND_F: "shy" }), "shy");
  t.is(await inEnvironment({}), "default");
});

/** Who runs a call in a process of its own, with an opt-in backend "shy". */
async function inEnvironment(environment: Record<string, string>): Promise<string> {
  const { execFileSync } = await import("node:child_process");
  const script = `
    import { createBackendSystem } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
    const system = createBackendSystem({ name: "scenario", discover: false });
    const f = system.dispatchable("f", { on: [0] }, () => "default");
    system.registerBackend({ name: "shy", primary: ["js:number"], optIn: true }).implement(f, () => "shy");
    process.stdout.write(f(1));`;
  const flags = [TYPESCRIPT, "--input-type=module", "--eval", script];
  return execFileSync(process.execPath, flags, { encoding: "utf8", env: { ...process.env, ...environment } });
}

/** Types and backends of their own: N is the library's, and converts to and from B1 and B2. */
function foreign(t: ExecutionContext, name: string, joined: boolean) {
  const types = ["N", "B1", "B2"].map((each) => {
    const type = class {
      readonly of = each;
    };
    registerType(type, `scenarios-${name}:${each}`);
    return type;
  });
  const [N, B1, B2] = types as [(typeof types)[0], (typeof types)[0], (typeof types)[0]];
  const identifier = (each: string): `${string}:${string}` => `scenarios-${name}:${each}`;
  let conversions = 0;
  const convert = (from: string, to: string, type: new () => object): void =>
    registerConverter({
      ...{ from: identifier(from), to: identifier(to), cache: true, writeBack: () => {} },
      convert: () => {
        conversions++;
        return new type();
      },
    });
  if (joined) {
    for (const [each, type] of [
      ["B1", B1],
      ["B2", B2],
    ] as const) {
      convert("N", each, type);
      convert(each, "N", N);
    }
  }
  const system = createBackendSystem({ name: `foreign-${name}`, defaultTypes: [identifier("N")], discover: false });
  const ran: string[] = [];
  const run = system.dispatchable("f", { on: [0] }, (value: object, _options?: { backend?: string }): object => {
    ran.push("N");
    return value;
  });
  const change = system.dispatchable("change", { on: [0], mutates: [0] }, (_value: object): void => {
    ran.push("change on N");
  });
  const b1 = system.registerBackend({ name: "b1", primary: [identifier("B1")] });
  const b2 = system.registerBackend({ name: "b2", primary: [identifier("B2")] });
  t.deepEqual(ran, []);
  return { ...{ N, B1, B2, system, run, change, b1, b2, ran }, conversions: () => conversions };
}

test("S8: the next backend runs where one refuses or defers; an error of its own propagates", (t) => {
  for (const [why, first] of Object.entries({
    refusal: { run: (): object => t.fail() as never, options: { shouldRun: () => "too big" } },
    deferral: { run: (): object => defer("too big"), options: { defers: true } },
  })) {
    const { N, B2, system, run, b1, b2, ran } = foreign(t, why, true);
    b1.implement(run, first.run, first.options);
    b2.implement(run, (value) => {
      ran.push(`b2 on ${(value as { of: string }).of}`);
      return new B2();
    });
    const { result, calls } = trace(() => system.backend(["b1", "b2"], () => run(new N())));
    t.true(result instanceof N);
    t.deepEqual(ran, ["b2 on B2"]);
    t.deepEqual(calls[0]!.considered[0], { backend: "b1", verdict: "refused", reason: "too big" });
  }
  const { N, system, run, b1, b2 } = foreign(t, "error", true);
  b1.implement(run, () => {
    throw new RangeError("own");
  });
  b2.implement(run, () => t.fail());
  t.throws(() => system.backend(["b1", "b2"], () => run(new N())), { instanceOf: RangeError, message: "own" });
});

test("S9: foreign types are converted to one another only along registered paths", (t) => {
  for (const joined of [false, true]) {
    const { B1, system, run, b1, b2, ran } = foreign(t, joined ? "joined" : "apart", joined);
    b1.implement(run, (value) => {
      ran.push("b1");
      return value;
    });
    b2.implement(run, (value) => {
      ran.push("b2");
      return value;
    });
    const result = system.backend(["b2", "b1"], () => run(new B1()));
    t.true(result instanceof B1);
    t.deepEqual(ran, [joined ? "b2" : "b1"]);
  }
});

test("S10: a chosen backend that refuses is an error with its reason, and no other is touched", (t) => {
  const { N, run, b1, b2 } = foreign(t, "chosen", true);
  b1.implement(run, () => t.fail(), { shouldRun: () => "too big" });
  b2.implement(run, () => t.fail(), { shouldRun: () => t.fail() as never });
  const error = t.throws(() => run(new N(), { backend: "b1" }), { code: "ERR_DISPATCH_REFUSED" });
  t.regex(error!.message, /"b1".*too big/);
});

test("S11: a call that changes its argument has the argument's conversions forgotten", (t) => {
  const { N, B1, system, run, change, b1, conversions } = foreign(t, "mutation", true);
  b1.implement(run, () => 5);
  const changed: object[] = [];
  b1.implement(change, (value) => void changed.push(value));
  const value = new N();
  const inScope = (body: () => unknown): unknown => system.backend("b1", body);
  inScope(() => run(value));
  inScope(() => run(value));
  t.is(conversions(), 1);
  inScope(() => change(value));
  t.true(changed[0] instanceof B1);
  const before = conversions();
  inScope(() => run(value));
  t.is(conversions(), before + 1);
  change(value);
  inScope(() => run(value));
  t.is(conversions(), before + 2);
});

test("S12: the same conversion asked for twice is made once, and the trace says so", (t) => {
  const { N, system, run, b1, conversions } = foreign(t, "cached", true);
  b1.implement(run, () => 5);
  const value = new N();
  const traced = [1, 2].map(() => trace(() => system.backend("b1", () => run(value))));
  t.is(conversions(), 1);
  t.deepEqual(
    traced.map(({ calls }) => calls[0]!.conversions.map(({ cached }) => cached)),
    [[false], [true]],
  );
  t.regex(String(traced[1]), /cached/);
});
