// Types of which only direct instances count.
import test from "ava";
import { runInNewContext } from "node:vm";
import {
  type BackendSystem,
  createBackendSystem,
  explain,
  registerConverter,
  registerType,
  type TypePattern,
} from "../../src/index.ts";

let count = 0;

/** A system with a backend for each pattern, in that order, whose function says who ran. */
function backends(...patterns: TypePattern[]): { system: BackendSystem; who: (...values: unknown[]) => string } {
  const system = createBackendSystem({ name: `exact-${count++}`, defaultTypes: ["exact:Nothing"] });
  const asked = system.dispatchable("who", { on: [0, 1] }, (_a: unknown, _b?: unknown): string => "default");
  const name = (pattern: TypePattern): string => {
    if (typeof pattern === "string") return "plain";
    return "exact" in pattern ? "exact" : "subclasses" in pattern ? "subclasses" : "structural";
  };
  for (const pattern of patterns) {
    system.registerBackend({ name: name(pattern), primary: [pattern] }).implement(asked, () => name(pattern));
  }
  const who = (...values: unknown[]): string => {
    try {
      return asked(values[0], values[1]);
    } catch (error) {
      if ((error as { code?: string }).code === "ERR_DISPATCH_NO_IMPLEMENTATION") return "nobody";
      throw error;
    }
  };
  return { system, who };
}

function family(): { A: new () => object; B: new () => object; C: new () => object; type: `exact:${string}` } {
  class A {}
  class B extends A {}
  class C extends B {}
  const type = `exact:A${count++}` as const;
  registerType(A, type);
  return { A, B, C, type };
}

test("direct instances only, whatever was seen first", (t) => {
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ]) {
    const { A, B, C, type } = family();
    const { who } = backends({ type, exact: true });
    const expected = ["exact", "nobody", "nobody"];
    for (let i = 0; i < 3; i++) {
      for (const at of order) t.is(who(new [A, B, C][at]!()), expected[at]!);
    }
    t.is(who(new A(), new B()), "nobody");
    t.is(who(new A(), new A()), "exact");
  }
});

test("a type declared exact after instances of subclasses were seen", (t) => {
  const { A, B, C, type } = family();
  const { who, system } = backends(type);
  for (let i = 0; i < 3; i++)
    t.deepEqual(
      [A, B, C].map((each) => who(new each())),
      ["plain", "plain", "plain"],
    );
  const later = backends({ type, exact: true });
  for (let i = 0; i < 3; i++) {
    t.deepEqual(
      [A, B, C].map((each) => later.who(new each())),
      ["exact", "nobody", "nobody"],
    );
    t.deepEqual(
      [A, B, C].map((each) => who(new each())),
      ["plain", "plain", "plain"],
    );
    t.deepEqual(
      [A, B, C].map((each) => system.backend("plain", () => who(new each()))),
      ["plain", "plain", "plain"],
    );
  }
});

test("a plain pattern takes subclasses without an identifier, beside an exact one too", (t) => {
  const { A, B, C, type } = family();
  const { who } = backends({ type, exact: true }, type, { type, subclasses: true });
  t.deepEqual(
    [A, B, C].map((each) => who(new each())),
    ["exact", "plain", "plain"],
  );
  registerType(B, `exact:B${count}`);
  t.deepEqual(
    [A, B, C].map((each) => who(new each())),
    ["exact", "subclasses", "subclasses"],
  );
});

test("a subclass that is registered after it was seen has its own identifier from then on", (t) => {
  const { A, B, C, type } = family();
  const { who } = backends({ type, exact: true });
  t.deepEqual(
    [A, B, C].map((each) => who(new each())),
    ["exact", "nobody", "nobody"],
  );
  const own = `exact:Own${count}` as const;
  registerType(B, own);
  const plain = backends(own);
  for (let i = 0; i < 3; i++) {
    t.deepEqual(
      [A, B, C].map((each) => plain.who(new each())),
      ["nobody", "plain", "plain"],
    );
    t.deepEqual(
      [A, B, C].map((each) => who(new each())),
      ["exact", "nobody", "nobody"],
    );
  }
  const both = backends({ type: own, exact: true });
  t.deepEqual(
    [A, B, C].map((each) => both.who(new each())),
    ["nobody", "exact", "nobody"],
  );
});

test("frozen classes, above and below", (t) => {
  const { A, B, C, type } = family();
  Object.freeze(B.prototype);
  const { who } = backends({ type, exact: true });
  for (let i = 0; i < 3; i++)
    t.deepEqual(
      [A, B, C].map((each) => who(new each())),
      ["exact", "nobody", "nobody"],
    );
  class Ice {}
  class Water extends Ice {}
  Object.freeze(Ice.prototype);
  registerType(Ice, `exact:Ice${count}`);
  const ice = backends({ type: `exact:Ice${count}`, exact: true }, `exact:Ice${count}`);
  for (let i = 0; i < 3; i++) t.deepEqual([ice.who(new Ice()), ice.who(new Water())], ["exact", "plain"]);
});

test("the language's own types, primitives and other realms", (t) => {
  const { who } = backends({ type: "js:Float64Array", exact: true });
  const number = backends({ type: "js:number", exact: true }).who;
  class Vector extends Float64Array {}
  const foreign = runInNewContext("[new Float64Array(1), new (class Vector extends Float64Array {})(1)]") as unknown[];
  for (let i = 0; i < 3; i++) {
    t.deepEqual([who(new Float64Array(1)), who(new Vector(1)), who(5)], ["exact", "nobody", "nobody"]);
    t.deepEqual([number(5), number(new Vector(1))], ["exact", "nobody"]);
    t.deepEqual(
      foreign.map((value) => who(value)),
      ["exact", "nobody"],
    );
  }
  const plain = backends("js:Float64Array");
  t.deepEqual([plain.who(new Vector(1)), ...foreign.map((value) => plain.who(value))], ["plain", "plain", "plain"]);
});

test("plain objects alone, where js:Object is exact", (t) => {
  const { who } = backends({ type: "js:Object", exact: true });
  class Own {}
  for (let i = 0; i < 3; i++) {
    t.deepEqual([who({}), who(new Own()), who([]), who(Object.create({}))], ["exact", "nobody", "nobody", "exact"]);
  }
});

test("classes of one name are told apart, and named in messages by it", (t) => {
  const [one, two] = [family(), family()];
  const { who, system } = backends({ type: one.type, exact: true }, { type: two.type, subclasses: true });
  backends({ type: two.type, exact: true });
  t.deepEqual([who(new one.B()), who(new two.B()), who(new one.B())], ["nobody", "subclasses", "nobody"]);
  const f = system.dispatchable("f", { on: [0] }, (_value: unknown): string => "");
  t.regex(explain(f, new one.B()).types[0]!, /^an unregistered B$/);
});

test("that somebody wants direct instances only takes no conversion away from others", (t) => {
  for (const isSeenBefore of [false, true]) {
    const { A, C, type } = family();
    class Made {}
    const made = `exact:Made${count++}` as const;
    registerType(Made, made);
    registerConverter({ from: type, to: made, convert: () => new Made() });
    registerConverter({ from: made, to: type, convert: () => new A() });
    const system = createBackendSystem({ name: `exact-${count++}`, discover: false, defaultTypes: [type] });
    const same = system.dispatchable("same", { on: [0] }, (value: object): object => value);
    const seen: object[] = [];
    system.registerBackend({ name: "b", primary: [made] }).implement(same, (value) => (seen.push(value), value));
    const call = (): object => system.backend("b", () => same(new C()));
    if (isSeenBefore) t.true(call() instanceof A);
    backends({ type, exact: true });
    for (let i = 0; i < 2; i++) t.true(call() instanceof A);
    t.true(seen.length >= 2 && seen.every((value) => value instanceof Made));
    t.is(system.backend("b", () => explain(same, new C())).considered[0]!.reason, "after converting the arguments");
  }
});

test("wrong patterns are refused", (t) => {
  const { system } = backends();
  for (const pattern of [
    { type: "a:B", exact: 1 },
    { type: "a:B", exact: true, subclasses: true },
    { name: "a:B" },
    { type: 5, exact: true },
  ]) {
    t.throws(() => system.registerBackend({ name: "wrong", primary: [pattern as never] }), {
      code: "ERR_DISPATCH_ARGUMENT",
      message: /is no type of a backend; expected .*exact: true/,
    });
  }
});
