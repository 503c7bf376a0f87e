// The acceptance scenarios S8 to S10: a native type N, two foreign ones, converters between N and each.
import test from "ava";
import { createBackendSystem, defer, DispatchError, registerConverter, registerType, trace } from "../../src/index.ts";

class Value {
  readonly n: number;
  constructor(n: number) {
    this.n = n;
  }
}

type Run = (value: Value) => Value;
type Decide = () => true | string;

let count = 0;

/** Types N, F1 and F2, `default` on N, backends b1 on F1 and b2 on F2; both tell who they are by what they add. */
function foreign(run: { b1?: Run; shouldRun?: Decide; back?: boolean } = {}) {
  const name = `foreign-${count++}`;
  class N extends Value {}
  class F1 extends Value {}
  class F2 extends Value {}
  const types = { n: `${name}:N`, f1: `${name}:F1`, f2: `${name}:F2` } as const;
  registerType(N, types.n);
  registerType(F1, types.f1);
  registerType(F2, types.f2);
  for (const [to, Type] of [
    [types.f1, F1],
    [types.f2, F2],
  ] as const) {
    registerConverter<Value, Value>({ from: types.n, to, convert: ({ n }) => new Type(n) });
    if (run.back ?? true) registerConverter<Value, Value>({ from: to, to: types.n, convert: ({ n }) => new N(n) });
  }
  const system = createBackendSystem({ name, defaultTypes: [types.n] });
  const f = system.dispatchable("f", { on: [0] }, (value: Value, _options?: { backend?: string }): Value => value);
  const asked = { b2: 0 };
  system
    .registerBackend({ name: "b1", primary: [types.f1] })
    .implement(f, run.b1 ?? (({ n }) => new F1(n + 1)), { defers: true, shouldRun: run.shouldRun ?? (() => true) });
  system.registerBackend({ name: "b2", primary: [types.f2] }).implement(f, ({ n }) => new F2(n + 2), {
    shouldRun: () => {
      asked.b2++;
      return true;
    },
  });
  return { N, F1, F2, system, f, asked };
}

test("S8: b1 refuses, b2 runs by conversion, and the reason is recorded", (t) => {
  const { N, system, f } = foreign({ shouldRun: () => "too big" });
  const { result, calls } = trace(() => system.backend(["b1", "b2"], () => f(new N(0))));
  t.deepEqual(result, new N(2));
  const { backend, considered, conversions } = calls[0]!;
  t.is(backend, "b2");
  t.deepEqual(considered[0], { backend: "b1", verdict: "refused", reason: "too big" });
  t.is(conversions.length, 2, "nothing is converted for a backend that refused");
});

test("S8: b1 defers, b2 runs", (t) => {
  const { N, system, f } = foreign({ b1: () => defer("not this one") });
  const { result, calls } = trace(() => system.backend(["b1", "b2"], () => f(new N(0))));
  t.deepEqual(result, new N(2));
  t.deepEqual(calls[0]!.considered[0], { backend: "b1", verdict: "refused", reason: "not this one" });
});

test("S8: any other error of b1 is the caller's", (t) => {
  const error = new RangeError("mine");
  const { N, system, f, asked } = foreign({
    b1: () => {
      throw error;
    },
  });
  t.is(
    t.throws(() => system.backend(["b1", "b2"], () => f(new N(0)))),
    error,
  );
  t.is(asked.b2, 0);
});

test("S9: without a path between foreign types the backend of the argument's own type runs", (t) => {
  const { F1, system, f } = foreign({ back: false });
  const { result, calls } = trace(() => system.backend(["b2", "b1"], () => f(new F1(0))));
  t.deepEqual(result, new F1(1));
  t.is(calls[0]!.backend, "b1");
  t.deepEqual(calls[0]!.conversions, []);
});

test("S9: with a path through N and the user's consent b2 runs, and the result is of the caller's type", (t) => {
  const { F1, system, f } = foreign();
  const { result, calls } = trace(() => system.backend(["b2", "b1"], () => f(new F1(0))));
  t.deepEqual(result, new F1(2));
  t.deepEqual(
    calls[0]!.conversions.map(({ from, to }) => `${from.split(":")[1]} ${to.split(":")[1]}`),
    ["F1 N", "N F2", "F2 N", "N F1"],
  );
  t.deepEqual(f(new F1(0)), new F1(1), "nobody consented");
});

test("S10: a backend that was chosen and refuses is an error that names it and its reason; b2 is not asked", (t) => {
  const { N, f, asked } = foreign({ shouldRun: () => "too big" });
  t.throws(() => f(new N(0), { backend: "b1" }), {
    instanceOf: DispatchError,
    code: "ERR_DISPATCH_REFUSED",
    message: /^backend "b1" was chosen for f\(foreign-\d+:N\) and cannot run it: too big$/,
  });
  t.is(asked.b2, 0);
});
