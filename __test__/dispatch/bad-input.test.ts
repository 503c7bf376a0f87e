import test from "ava";
import {
  createBackendSystem,
  DispatchError,
  explain,
  getImplementation,
  invoke,
  registerConverter,
  registerType,
  trace,
} from "../../src/index.ts";
import { DevicePoint, geometry, Point } from "./library.ts";

const nonsense = (value: unknown): never => value as never;

test("a call that nobody runs names every backend and its reason", (t) => {
  const { shift } = geometry();
  const error = t.throws(() => shift(nonsense({ x: 1 })), {
    instanceOf: DispatchError,
    code: "ERR_DISPATCH_NO_IMPLEMENTATION",
  });
  t.is(error!.function, "shift");
  t.deepEqual(error!.types, ["an unregistered Object"]);
  t.deepEqual(
    error!.refusals.map(({ backend }) => backend),
    ["fast", "default", "device"],
  );
  t.regex(error!.message, /fast: no argument is of its primary types \(geometry:Point\)/);
});

test("an unknown backend is an error that lists the known ones", (t) => {
  const { system, shift } = geometry();
  const expected = {
    instanceOf: DispatchError,
    code: "ERR_DISPATCH_UNKNOWN_BACKEND",
    message: /no backend "wgqu"; it has "default", "fast", "device"/,
  };
  t.throws(() => system.backend("wgqu", () => 0), expected);
  t.throws(() => system.backend({ disable: "wgqu" }, () => 0), expected);
  t.throws(() => shift(new Point(1), { backend: "wgqu" }), expected);
  t.throws(() => invoke(shift, "wgqu"), expected);
  t.throws(() => getImplementation(shift, "wgqu"), expected);
  t.deepEqual(shift(new Point(1)), new Point(2), "and nothing is left wrong");
});

test("a chosen backend that cannot run is an error with its reason, and no other is tried", (t) => {
  const { system, who } = geometry();
  system
    .registerBackend({ name: "picky", primary: ["geometry:Point"] })
    .implement(who, () => "picky", { shouldRun: () => "too small" });
  const error = t.throws(() => who(new Point(1), { backend: "picky" }), {
    instanceOf: DispatchError,
    code: "ERR_DISPATCH_REFUSED",
  });
  t.regex(error!.message, /"picky" was chosen for who\(geometry:Point\) and cannot run it: too small/);
  t.throws(() => who(new Point(1), { backend: "fast" }), {
    code: "ERR_DISPATCH_REFUSED",
    message: /does not implement/,
  });
});

test("a backend chosen by something else than a name", (t) => {
  const { system, who } = geometry();
  for (const backend of [5, {}, null, Symbol("x")]) {
    t.throws(() => who(new Point(1), { backend: nonsense(backend) }), {
      instanceOf: DispatchError,
      code: "ERR_DISPATCH_ARGUMENT",
    });
  }
  t.throws(() => system.backend(nonsense([7]), () => 0), { code: "ERR_DISPATCH_ARGUMENT" });
});

test("a shouldRun that throws is an error that names it and keeps the cause", (t) => {
  const { system, who } = geometry();
  const cause = new TypeError("oops");
  system
    .registerBackend({ name: "bad", primary: ["geometry:Point"], higherPriorityThan: ["default"] })
    .implement(who, () => "bad", {
      shouldRun: () => {
        throw cause;
      },
    });
  const error = t.throws(() => who(new Point(1)), {
    instanceOf: DispatchError,
    code: "ERR_DISPATCH_SHOULD_RUN",
    message: /"bad" threw for who: oops/,
  });
  t.is(error!.cause, cause);
  t.throws(() => explain(who, new Point(1)), { code: "ERR_DISPATCH_SHOULD_RUN" });
});

const answers: Record<string, () => unknown> = {
  false: () => false,
  nothing: () => undefined,
  null: () => null,
  "a number": () => 1,
  "an empty string": () => "",
  "an object": () => ({}),
  "a promise": () => Promise.resolve(true),
  "a promise that is rejected": () => Promise.reject(new Error("not heard of")),
};
for (const [name, answer] of Object.entries(answers)) {
  test(`a shouldRun that answers ${name} is an error`, async (t) => {
    const { system, who } = geometry();
    system
      .registerBackend({ name: "vague", primary: ["geometry:Point"], higherPriorityThan: ["default"] })
      .implement(who, () => "vague", { shouldRun: () => nonsense(answer()) });
    t.throws(() => who(new Point(1)), {
      instanceOf: DispatchError,
      code: "ERR_DISPATCH_SHOULD_RUN",
      message: /expected true, "ifNeeded" or the reason/,
    });
    t.is(who(new DevicePoint(1)), "device", "other calls go on");
    // The test fails if a promise is not handled by then.
    await new Promise(setImmediate);
  });
}

test("a converter that throws: the next backend runs, or the error says so when none may", (t) => {
  const { shift, system } = geometry();
  registerConverter<Point, Point>({
    from: "geometry:Point",
    to: "geometry:Elsewhere",
    convert: () => nonsense(thrown()),
  });
  system.registerBackend({ name: "elsewhere", primary: ["geometry:Elsewhere"] }).implement(shift, () => new Point(99));
  t.deepEqual(
    system.backend("elsewhere", () => shift(new Point(1))),
    new Point(2),
  );
  const error = t.throws(() => shift(new Point(1), { backend: "elsewhere" }), {
    instanceOf: DispatchError,
    code: "ERR_DISPATCH_CONVERSION",
  });
  t.regex(error!.message, /geometry:Point to geometry:Elsewhere failed: no room/);
  const { calls } = trace(() => system.backend("elsewhere", () => shift(new Point(1))));
  t.regex(calls[0]!.considered[0]!.reason, /no room/);
});

function thrown(): never {
  throw new Error("no room");
}

test("wrong declarations", (t) => {
  const { system, fast, who } = geometry();
  const argument = { instanceOf: DispatchError, code: "ERR_DISPATCH_ARGUMENT" };
  t.throws(() => createBackendSystem({ name: "" }), argument);
  t.throws(() => createBackendSystem(nonsense({ name: 5 })), argument);
  t.throws(() => system.dispatchable("f", nonsense({ on: [["0"]] }), () => 0), argument);
  t.throws(() => system.dispatchable("f", { on: [-1] }, () => 0), argument);
  t.throws(() => system.dispatchable("f", nonsense({}), () => 0), argument);
  t.throws(() => system.dispatchable("f", { on: [0] }, nonsense("f")), argument);
  t.throws(() => system.registerBackend({ name: "x", primary: [] }), argument);
  t.throws(() => system.registerBackend({ name: "", primary: ["a:B"] }), argument);
  t.throws(() => system.registerBackend({ name: "x", primary: [nonsense("noColon")] }), {
    ...argument,
    message: /"noColon" is no type identifier/,
  });
  t.throws(
    () =>
      fast.implement(
        nonsense(() => 0),
        () => 0,
      ),
    argument,
  );
  t.throws(() => fast.implement(who, nonsense(5)), argument);
  t.throws(() => system.backend("fast", nonsense(undefined)), argument);
  t.throws(() => explain(nonsense(Math.max), 1), { ...argument, message: /function max is no dispatchable/ });
  t.throws(() => registerType(nonsense("Point")), argument);
  t.throws(() => registerType(class Nameless {}), { ...argument, message: /states no identifier/ });
  t.throws(() => invoke(who, nonsense(5)), argument);
});

test("declarations that are no declarations at all", (t) => {
  const { system, fast, who } = geometry();
  const argument = { instanceOf: DispatchError, code: "ERR_DISPATCH_ARGUMENT" };
  const bare = Object.create(null) as never;
  t.throws(() => createBackendSystem(nonsense(undefined)), argument);
  t.throws(() => system.dispatchable("f", nonsense(undefined), () => 0), argument);
  t.throws(() => system.dispatchable("f", { on: [0] }, bare), argument);
  t.throws(() => registerConverter(nonsense(undefined)), argument);
  t.throws(() => registerConverter(nonsense({ from: "a:B", to: "c:D" })), argument);
  t.throws(() => registerConverter({ from: "a:B", to: "c:D", cost: 0.5, convert: () => 0 }), argument);
  t.throws(() => system.registerBackend(nonsense(undefined)), argument);
  for (const primary of [[null], [{ type: 5 }], [{ type: "a:B", subclasses: "yes" }], "a:B", 7]) {
    t.throws(() => system.registerBackend({ name: "x", primary: nonsense(primary) }), argument);
  }
  for (const wrong of [
    { secondary: "a:B" },
    { higherPriorityThan: [5] },
    { higherPriorityThan: "fast" },
    { lowerPriorityThan: bare },
  ]) {
    t.throws(() => system.registerBackend({ name: "x", primary: ["a:B"], ...(wrong as object) }), argument);
  }
  t.throws(() => fast.implement(who, () => "fast", { shouldRun: nonsense("yes") }), argument);
  for (const choice of [
    null,
    undefined,
    5,
    bare && { prioritise: "fast" },
    { prioritize: 5 },
    { exclusive: ["fast"] },
  ]) {
    t.throws(() => system.backend(nonsense(choice), () => 0), argument);
  }
  t.throws(() => who(new Point(1), { backend: bare }), argument);
  t.throws(() => registerType(bare), argument);
  for (const identifier of ["js:null", "js:undefined", "js:Number"]) {
    t.throws(() => system.registerBackend({ name: "x", primary: [nonsense(identifier)] }), argument);
  }
  t.is(who(new Point(1)), "default", "and nothing is left wrong");
});

test("a system that could not be created may be created after all", (t) => {
  const name = "second-attempt";
  t.throws(() => createBackendSystem({ name, defaultTypes: [nonsense("wrong")] }), { code: "ERR_DISPATCH_ARGUMENT" });
  t.throws(() => createBackendSystem({ name, defaultTypes: [] }), { code: "ERR_DISPATCH_ARGUMENT" });
  t.is(createBackendSystem({ name }).name, name);
});

test("a value with nonsense for its tag", (t) => {
  const { who } = geometry();
  for (const tag of [-5, 1e9, 0.5, "tag", () => 1]) {
    t.throws(() => explain(who, { [Symbol.for("tagswitch.tag")]: tag }), {
      code: "ERR_DISPATCH_ARGUMENT",
      message: /no type's tag/,
    });
  }
});

for (const [what, result, given] of [
  ["nothing", undefined, /the converter gave js:undefined$/],
  ["another type", new DevicePoint(0), /the converter gave geometry:DevicePoint$/],
  ["a stranger", {}, /the converter gave an unregistered Object$/],
  ["a promise", Promise.resolve(1), /the converter gave a promise;/],
] as const) {
  test(`a converter that gives ${what} is an error`, (t) => {
    const { system, shift } = geometry();
    registerConverter<Point, unknown>({ from: "geometry:Point", to: `wrong:${what}`, convert: () => result });
    system.registerBackend({ name: "wrong", primary: [`wrong:${what}`] }).implement(shift, () => t.fail() as never);
    t.throws(() => shift(new Point(1), { backend: "wrong" }), {
      code: "ERR_DISPATCH_CONVERSION",
      message: given,
    });
  });
}

test("names that are taken", (t) => {
  const { system, fast, shift } = geometry();
  const taken = { instanceOf: DispatchError, code: "ERR_DISPATCH_DUPLICATE" };
  t.throws(() => createBackendSystem({ name: system.name }), taken);
  t.throws(() => system.registerBackend({ name: "fast", primary: ["geometry:Point"] }), taken);
  t.throws(() => system.registerBackend({ name: "default", primary: ["geometry:Point"] }), taken);
  t.throws(() => fast.implement(shift, () => new Point(0)), {
    ...taken,
    message: 'backend "fast" implements shift already',
  });
  t.throws(() => system.dispatchable("shift", { on: [0] }, () => null), { ...taken, message: /"shift" already/ });
  t.throws(() => system.method("shift", { on: [0] }, () => null), taken);
  t.throws(() => registerType(Point, "geometry:Other"), taken);
});

test("a backend of another system", (t) => {
  const [one, two] = [geometry(), geometry()];
  t.throws(() => one.fast.implement(two.who, () => "x"), { code: "ERR_DISPATCH_ARGUMENT", message: /belongs to/ });
});

test("a circular order is an error that names the circle, and the backend is not added", (t) => {
  const { system, who } = geometry();
  t.throws(
    () =>
      system.registerBackend({
        name: "x",
        primary: ["geometry:Point"],
        higherPriorityThan: ["fast"],
        lowerPriorityThan: ["default"],
      }),
    {
      instanceOf: DispatchError,
      code: "ERR_DISPATCH_ORDER",
      message: /circular: .* > /,
    },
  );
  t.deepEqual(system.backends, ["fast", "default", "device"]);
  t.is(who(new Point(1)), "default");
});
