// What a scope may ask for beside backends to go first.
import test, { type ExecutionContext } from "ava";
import { type BackendChoice, type BackendSystem, createBackendSystem, registerType } from "../../src/index.ts";
import { DevicePoint, Point } from "./library.ts";

let count = 0;

interface Options {
  backend?: string;
}

/** Two functions of a group and one outside it, on backends `a` and `b` that come after `default`. */
function library(): { system: BackendSystem; ask: (choice?: BackendChoice) => string[] } {
  const system = createBackendSystem({ name: `choice-${count++}`, defaultTypes: ["geometry:Point"] });
  const functions = ["filters.one", "filters.two", "other"].map((name) =>
    system.dispatchable(name, { on: [0] }, (_value?: unknown, _options?: Options): string => "default"),
  );
  for (const name of ["a", "b"]) {
    const backend = system.registerBackend({ name, primary: ["geometry:Point"] });
    for (const fn of functions) backend.implement(fn, () => name);
  }
  const all = (): string[] => functions.map((fn) => fn(new Point(0)));
  return { system, ask: (choice) => (choice === undefined ? all() : system.backend(choice, all)) };
}

test("backends may be put first for one function, or for a group", (t) => {
  const { ask, system } = library();
  for (let i = 0; i < 3; i++) {
    t.deepEqual(ask({ prioritize: { "filters.one": "a" } }), ["a", "default", "default"]);
    t.deepEqual(ask({ prioritize: { filters: ["b", "a"] } }), ["b", "b", "default"]);
    t.deepEqual(ask({ prioritize: { filters: "b", "filters.two": "a", other: "b" } }), ["b", "a", "b"]);
    t.deepEqual(ask(), ["default", "default", "default"]);
  }
  t.deepEqual(
    system.backend("b", () => ask({ prioritize: { "filters.one": "a" } })),
    ["a", "b", "b"],
  );
  t.deepEqual(
    system.backend({ prioritize: { "filters.one": "a" } }, () => ask("b")),
    ["b", "b", "b"],
  );
});

test("an inner disable holds for one function's choice, which re-enables for that function only", (t) => {
  const { ask, system } = library();
  t.deepEqual(
    system.backend({ prioritize: { "filters.one": "a" } }, () => ask({ disable: "a" })),
    ["default", "default", "default"],
  );
  t.deepEqual(
    system.backend({ disable: ["a", "default"] }, () => ask({ prioritize: { "filters.one": "a" } })),
    ["a", "b", "b"],
  );
});

test("an unknown function or group is an error that lists those there are, the nearest first", (t) => {
  const { ask } = library();
  const message = /has no function or group "filters\.tow"; it has "filters\.two", "filters\.one", "other", "filters"$/;
  t.throws(() => ask({ prioritize: { "filters.tow": "a" } }), { code: "ERR_DISPATCH_UNKNOWN_FUNCTION", message });
  t.throws(() => ask({ prioritize: { filters: "c" } }), { code: "ERR_DISPATCH_UNKNOWN_BACKEND" });
});

/** A function of any number of points: `default` takes points, `device` device points, too. */
function typedLibrary(): { system: BackendSystem; who: (value?: unknown, options?: Options) => string } {
  const system = createBackendSystem({ name: `choice-${count++}`, defaultTypes: ["geometry:Point"] });
  const who = system.dispatchable("who", { on: [0] }, (_value?: unknown, _options?: Options): string => "default");
  system
    .registerBackend({ name: "device", primary: ["geometry:DevicePoint"], secondary: ["geometry:Point"] })
    .implement(who, () => "device");
  return { system, who };
}

test("a scope's type is one more type of every call, by identifier or class, in calls without arguments too", (t) => {
  const { system, who } = typedLibrary();
  const types = ["geometry:DevicePoint", DevicePoint] as const;
  for (const type of [...types, ...types]) {
    t.is(
      system.backend({ type }, () => who(new Point(0))),
      "device",
    );
    t.is(
      system.backend({ type }, () => who()),
      "device",
    );
    t.is(who(new Point(0)), "default");
  }
  t.is(
    system.backend({ type: Point }, () => who()),
    "default",
  );
});

test("a type that an inner scope omits stays", (t) => {
  const { system, who } = typedLibrary();
  const inner = (choice: BackendChoice): string =>
    system.backend({ type: DevicePoint }, () => system.backend(choice, () => who(new Point(0))));
  for (const choice of [{}, { disable: "default" }, "device", { copies: "warn" }, { exclusive: "device" }] as const) {
    t.is(inner(choice), "device");
  }
  t.is(inner({ type: Point }), "default");
});

test("a scope's type is that of its own system only", (t) => {
  const [one, two] = [typedLibrary(), typedLibrary()];
  t.deepEqual(
    one.system.backend({ type: DevicePoint }, () => [one.who(new Point(0)), two.who(new Point(0))]),
    ["device", "default"],
  );
});

test("a type that is told apart by class alone is told apart in scopes", (t) => {
  const { system, who } = typedLibrary();
  class A {}
  class B {}
  registerType(A, `choice:A${count}`);
  registerType(B, `choice:B${count}`);
  system
    .registerBackend({ name: "a", primary: [`choice:A${count}`], secondary: ["geometry:Point"] })
    .implement(who, () => "a");
  system
    .registerBackend({ name: "b", primary: [`choice:B${count}`], secondary: ["geometry:Point"] })
    .implement(who, () => "b");
  for (let i = 0; i < 2; i++) {
    t.deepEqual(
      [A, B].map((type) => system.backend({ type }, () => who(new Point(0)))),
      ["a", "b"],
    );
  }
});

const wrong = (t: ExecutionContext, choice: unknown, message: RegExp): void => {
  const { ask } = library();
  t.throws(() => ask(choice as BackendChoice), { code: "ERR_DISPATCH_ARGUMENT", message }, message.source);
};

test("wrong choices are errors that say what is expected", (t) => {
  wrong(t, { priority: "a" }, /prioritize, disable, exclusive, type, copies; it was given priority/);
  wrong(t, null, /it was given null/);
  wrong(t, 5, /it was given 5/);
  wrong(t, { copies: "never" }, /copies is "never"; expected "allow", "warn" or "forbid"/);
  wrong(t, { type: 5 }, /type is a class or an identifier; it was given 5/);
  wrong(t, { type: class Nameless {} }, /class Nameless has no identifier: registerType gives it one/);
  wrong(t, { type: "Image" }, /"Image" is no type identifier/);
  wrong(t, ["a", 5], /prioritize is 5; expected a backend's name or several/);
  wrong(t, { prioritize: { other: { a: 1 } } }, /prioritize is .*; expected a backend's name or several/);
  wrong(t, { prioritize: null }, /prioritize is null/);
  wrong(t, { exclusive: ["a"] }, /exclusive is .*; expected a backend's name/);
  wrong(t, { exclusive: "a", disable: ["b", "a"] }, /disables backend "a" and makes it the only one; leave out/);
  wrong(t, { prioritize: ["b", "a"], disable: "a" }, /disables backend "a" and puts it first; leave out/);
  wrong(t, { prioritize: { group: ["a"] }, disable: "a" }, /disables backend "a" and puts it first/);
});

test("a name that a group has is a function's from when there is one, whether it was chosen before or not", (t) => {
  for (const isChosenBefore of [false, true]) {
    const system = createBackendSystem({ name: `late-function-${isChosenBefore}`, defaultTypes: ["geometry:Point"] });
    const a = system.registerBackend({ name: "a", primary: ["geometry:Point"], lowerPriorityThan: ["default"] });
    const point = new Point(0);
    const make = (name: string): ((value: Point) => string) => {
      const made = system.dispatchable(name, { on: [0] }, (_value: Point): string => "default");
      a.implement(made, () => "a");
      return made;
    };
    const inGroup = make("g.f");
    const chosen = (fn: typeof inGroup): string => system.backend({ prioritize: { g: "a" } }, () => fn(point));
    if (isChosenBefore) t.is(chosen(inGroup), "a");
    const itself = make("g");
    t.deepEqual([chosen(inGroup), chosen(itself)], ["default", "a"]);
  }
});
