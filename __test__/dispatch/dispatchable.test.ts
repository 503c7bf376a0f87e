import { runInNewContext } from "node:vm";
import test from "ava";
import {
  createBackendSystem,
  DispatchError,
  explain,
  getImplementation,
  invoke,
  registerType,
  trace,
} from "../../src/index.ts";
import { DevicePoint, geometry, Point } from "./library.ts";

test("a dispatchable stays a plain function with its name and length", (t) => {
  const { shift } = geometry();
  t.is(typeof shift, "function");
  t.is(shift.name, "shift");
  t.is(shift.length, 1);
});

test("it is called by the last part of its name: a bundler may have renamed the function given", (t) => {
  const { dispatchable } = createBackendSystem({ name: "named", defaultTypes: ["geometry:Point"] });
  const renamed = function shift2(point: Point): Point {
    return point;
  };
  t.is(dispatchable("points.shift", { on: [0] }, renamed).name, "shift");
  t.is(dispatchable("shift", { on: [0] }, (point: Point) => point).name, "shift");
});

test("the types of the arguments choose the implementation, first call and later ones alike", (t) => {
  const { shift, who } = geometry();
  for (let i = 0; i < 3; i++) {
    t.deepEqual(shift(new Point(1)), new Point(2));
    t.deepEqual(shift(new DevicePoint(1), { by: 2 }), new DevicePoint(3));
    t.is(who(new Point(0)), "default");
    t.is(who(new DevicePoint(0)), "device");
  }
});

test("a backend registered after calls takes over from them", (t) => {
  const { system, who } = geometry();
  t.is(who(new Point(0)), "default");
  system
    .registerBackend({ name: "late", primary: ["geometry:Point"], higherPriorityThan: ["default"] })
    .implement(who, () => "late");
  t.is(who(new Point(0)), "late");
});

test("a subclass counts as its parent, unless it has an identifier of its own", (t) => {
  const { who } = geometry();
  class Named extends Point {}
  t.is(who(new Named(1)), "default");
  class Other extends Point {}
  registerType(Other, "elsewhere:Other");
  t.throws(() => who(new Other(1)), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
});

test("subclasses with an identifier count where a backend says so", (t) => {
  const { system, who } = geometry();
  class Child extends Point {}
  registerType(Child, "elsewhere:Child");
  system
    .registerBackend({ name: "family", primary: [{ type: "geometry:Point", subclasses: true }] })
    .implement(who, () => "family");
  t.is(who(new Child(1)), "family");
  t.is(who(new Point(1)), "default");
});

test("parents are found in whatever order classes are registered", (t) => {
  const { system, who } = geometry();
  class Grand {
    static {
      Object.defineProperty(this, Symbol.for("tagswitch.type"), { value: "order:Grand" });
    }
  }
  class Middle extends Grand {}
  class Leaf extends Middle {}
  registerType(Leaf, "order:Leaf");
  registerType(Middle, "order:Middle");
  system
    .registerBackend({ name: "middle", primary: [{ type: "order:Middle", subclasses: true }] })
    .implement(who, () => "middle");
  t.is(who(new Leaf()), "middle");
  system
    .registerBackend({ name: "grand", primary: [{ type: "order:Grand", subclasses: true }] })
    .implement(who, () => "grand");
  t.is(who(new Grand()), "grand");
  t.is(
    system.backend({ disable: "middle" }, () => who(new Leaf())),
    "grand",
  );
});

test("a frozen prototype is dispatched on too", (t) => {
  const { who } = geometry();
  class Frozen {
    static {
      Object.defineProperty(this, Symbol.for("tagswitch.type"), { value: "geometry:DevicePoint" });
      Object.freeze(this.prototype);
    }
  }
  for (let i = 0; i < 3; i++) t.is(who(new Frozen()), "device");
});

test("a class registered after it was seen unknown is known from then on", (t) => {
  const { who } = geometry();
  class Late {}
  t.throws(() => who(new Late()), { code: "ERR_DISPATCH_NO_IMPLEMENTATION", message: /unregistered Late/ });
  registerType(Late, "geometry:DevicePoint");
  t.is(who(new Late()), "device");
});

test("the language's own types are named js:…, primitives too", (t) => {
  const system = createBackendSystem({ name: "language", defaultTypes: ["js:number"] });
  const kind = system.dispatchable("kind", { on: [0] }, (_value: unknown): string => "number");
  system.registerBackend({ name: "text", primary: ["js:string"] }).implement(kind, () => "string");
  system.registerBackend({ name: "typed", primary: ["js:Float32Array"] }).implement(kind, () => "Float32Array");
  t.is(kind(1), "number");
  t.is(kind("a"), "string");
  t.is(kind(new Float32Array(1)), "Float32Array");
  for (const other of [new Float64Array(1), true, {}, [], Object.create(null), () => 0, 1n, Symbol("s")]) {
    t.throws(() => kind(other), { instanceOf: DispatchError, code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  }
});

test("js:Object is for what has no better type, now or later", (t) => {
  const system = createBackendSystem({ name: "objects", defaultTypes: ["js:Object"] });
  const kind = system.dispatchable("kind", { on: [0] }, (_value: unknown): string => "object");
  class Later {}
  t.deepEqual([kind({}), kind([]), kind(new Later())], ["object", "object", "object"]);
  const other = system.registerBackend({ name: "other", primary: ["js:Array", "objects:Later"] });
  other.implement(kind, () => "other");
  registerType(Later, "objects:Later");
  t.deepEqual([kind({}), kind([]), kind(new Later())], ["object", "other", "other"]);
});

test("the language's types of another realm count as this one's", (t) => {
  const system = createBackendSystem({ name: "realms", defaultTypes: ["js:Float32Array"] });
  const sum = system.dispatchable("sum", { on: [0] }, (values: Float32Array) => values.reduce((a, b) => a + b));
  t.is(sum(runInNewContext("new Float32Array([1, 2])") as Float32Array), 3);
  t.throws(() => sum(runInNewContext("new (class Float32Array {})()") as Float32Array), {
    code: "ERR_DISPATCH_NO_IMPLEMENTATION",
  });
});

test("sixteen dispatch arguments", (t) => {
  const system = createBackendSystem({ name: "sixteen", defaultTypes: ["geometry:Point"] });
  const on = Array.from({ length: 15 }, (_, i) => i);
  const count = system.dispatchable("count", { on, options: 15 }, (...points: unknown[]) => points.length);
  for (let i = 0; i < 3; i++) t.is(count(...on.map((x) => new Point(x))), 15);
});

test("nothing is written on classes that nobody registered", (t) => {
  const { who } = geometry();
  class Stranger {}
  t.throws(() => who(new Stranger()));
  t.throws(() => who(new Map()));
  for (const prototype of [Stranger.prototype, Map.prototype, Object.prototype]) {
    t.deepEqual(
      Object.getOwnPropertySymbols(prototype)
        .map(String)
        .filter((name) => name.includes("tagswitch")),
      [],
    );
  }
});

test("several dispatch arguments: order and missing ones do not matter", (t) => {
  const system = createBackendSystem({ name: "several", defaultTypes: ["geometry:Point"] });
  const join = system.dispatchable(
    "join",
    { on: [0, 1] },
    (_a?: unknown, _b?: unknown, _options?: object): string => "default",
  );
  system
    .registerBackend({ name: "device", primary: ["geometry:DevicePoint"], secondary: ["geometry:Point"] })
    .implement(join, () => "device");
  const [p, d] = [new Point(0), new DevicePoint(0)];
  for (let i = 0; i < 3; i++) {
    t.is(join(p, p), "default");
    t.is(join(p, d), "device");
    t.is(join(d, p), "device");
    t.is(join(d, undefined), "device");
    t.is(join(null, p), "default");
    t.is(join(p), "default");
  }
  t.throws(() => join(), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
});

test("a default without types accepts anything", (t) => {
  const system = createBackendSystem({ name: "anything" });
  const identity = system.dispatchable("identity", { on: [0] }, (value?: unknown) => value);
  for (const value of [1, "a", null, undefined, {}, new Point(1)]) t.is(identity(value), value);
});

test("all arguments arrive, however many there are", (t) => {
  const system = createBackendSystem({ name: "rest" });
  const list = system.dispatchable("list", { on: [0] }, (...values: unknown[]) => values);
  t.deepEqual(list(1), [1]);
  t.deepEqual(list(1, 2, 3, 4, 5), [1, 2, 3, 4, 5]);
  t.deepEqual(list(), []);
});

test("{ backend } chooses for one call, with conversion, and the result is of the caller's type", (t) => {
  const { shift, who } = geometry();
  t.is(who(new Point(0), { backend: "device" }), "device");
  t.deepEqual(shift(new Point(1), { backend: "device", by: 5 }), new Point(6));
  t.deepEqual(shift(new DevicePoint(1), { backend: "default" }), new DevicePoint(2));
  t.is(who(new Point(0)), "default");
});

test("invoke runs a backend, or as for a type", (t) => {
  const { shift, who } = geometry();
  t.is(invoke(who, "device")(new Point(0)), "device");
  t.is(invoke(who, "geometry:DevicePoint")(new Point(0)), "device");
  t.is(invoke(who, DevicePoint)(undefined), "device");
  t.deepEqual(invoke(shift, "device")(new Point(1)), new Point(2));
});

test("what is invoked is refused and traced like a call", (t) => {
  const { system, who } = geometry();
  system
    .registerBackend({ name: "picky", primary: ["geometry:Point"] })
    .implement(who, () => "picky", { shouldRun: () => "never" });
  const invoked = invoke(who, "picky");
  t.throws(() => invoked(new Point(0)), { code: "ERR_DISPATCH_REFUSED", message: /cannot run it: never/ });
  t.is(trace(() => invoke(who, "device")(new Point(0))).calls[0]!.backend, "device");
  const { calls } = trace(() => invoke(who, DevicePoint)(new Point(0)));
  t.like(calls[0], { backend: "device", types: ["geometry:DevicePoint"] });
});

test("getImplementation gives a backend's own function", (t) => {
  const { shift, who } = geometry();
  t.is(getImplementation(who, "device")!(new Point(0)), "device");
  t.is(getImplementation(who, "fast"), undefined);
  t.deepEqual(getImplementation(shift, "device")!(new Point(1)), new DevicePoint(2));
});

test("an implementation's own errors pass unchanged", (t) => {
  const { system, who } = geometry();
  const failure = new RangeError("mine");
  system.registerBackend({ name: "broken", primary: ["geometry:Point"] }).implement(who, () => {
    throw failure;
  });
  t.is(
    t.throws(() => who(new Point(0), { backend: "broken" })),
    failure,
  );
});

test("five hundred dispatchables over two hundred types", (t) => {
  const system = createBackendSystem({ name: "wide" });
  const classes = Array.from({ length: 300 }, (_, i) => {
    const type = class {};
    registerType(type, `wide:T${i}`);
    return type;
  });
  const functions = Array.from({ length: 500 }, (_, i) =>
    system.dispatchable(`f${i}`, { on: [0] }, (_value: unknown): string => "default"),
  );
  const backend = system.registerBackend({
    name: "even",
    primary: classes.flatMap((_, i) => (i % 2 === 0 ? [`wide:T${i}` as const] : [])),
  });
  for (const fn of functions) backend.implement(fn, () => "even");
  for (const fn of functions) {
    for (const i of [0, 1, 150, 299]) t.is(fn(new classes[i]!()), i % 2 === 0 ? "even" : "default");
  }
  t.is(explain(functions[0]!, new classes[0]!()).backend, "even");
});

test("nested dispatch works", (t) => {
  const { system, who } = geometry();
  const outer = system.dispatchable("outer", { on: [0] }, (point: Point) => `outer of ${who(point)}`);
  t.is(outer(new Point(1)), "outer of default");
});

test("one frame stands between caller and implementation", (t) => {
  const { system } = geometry();
  const where = system.dispatchable("where", { on: [0] }, function where(_point: Point): string {
    return new Error("here").stack!;
  });
  const call = (): string => where(new Point(0));
  call();
  const frames = call().split("\n").slice(1, 4);
  t.regex(frames[0]!, /where/);
  t.regex(frames[2]!, /call/);
});
