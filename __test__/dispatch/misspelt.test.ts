// What nothing reads, as a misspelt name, and names by which nobody could be chosen are refused where they are said.
import test from "ava";
import {
  type BackendDeclaration,
  createBackendSystem,
  defer,
  DispatchError,
  registerConverter,
  trace,
} from "../../src/index.ts";
import { geometry, Point } from "./library.ts";

const nonsense = (value: unknown): never => value as never;
const refused = (message: RegExp) => ({ instanceOf: DispatchError, code: "ERR_DISPATCH_ARGUMENT", message });
const POINT = "geometry:Point";

test("members of declarations", (t) => {
  const { system } = geometry();
  const misspelt = { name: "x", primary: ["a:B"], higherPriorityThen: ["fast"] } as const;
  t.throws(() => system.registerBackend(misspelt), refused(/"x" is "higherPriorityThen"; .*higherPriorityThan/));
  t.throws(() => createBackendSystem(nonsense({ name: "x", fallbak: "raise" })), refused(/"fallbak"; .*fallback/));
  for (const make of [system.dispatchable, system.method]) {
    const config = { on: [0], mutate: [0] };
    t.throws(() => make("f", config, () => 0), refused(/expected no more than .*mutates/));
  }
});

test("members of types", (t) => {
  const { system } = geometry();
  for (const type of [
    { type: POINT, subclases: true },
    { type: POINT, subclasses: true, matches: () => true },
  ]) {
    const declaration = { name: "x", primary: [nonsense(type)] };
    t.throws(
      () => system.registerBackend(declaration),
      refused(/is no type of a backend; expected .*subclasses: true/),
    );
  }
});

test("members of converters; what they have beside is theirs", (t) => {
  const converter = { from: "a:B", to: "c:D", convert: () => 0 } as const;
  for (const [wrong, meant] of [
    ["cahce", "cache"],
    ["writeback", "writeBack"],
    ["copeis", "copies"],
  ] as const) {
    const given = { ...converter, [wrong]: () => 0 };
    t.throws(() => registerConverter(given), refused(new RegExp(`"${wrong}".*did you mean "${meant}"`)));
  }
  t.notThrows(() => registerConverter({ ...converter, pool: [] } as typeof converter));
});

test("of many names a message has those that were probably meant, and how many there are", (t) => {
  const system = createBackendSystem({ name: "many-functions", discover: false });
  for (let i = 0; i < 30; i++) system.dispatchable(`group.function${i}`, { on: [0] }, () => i);
  const choice = { prioritize: { "group.functoin29": "default" } };
  const listed = String.raw`"group\.function29", ("group\.function\d+", ){10}"group\.function\d+" and 19 more$`;
  t.throws(() => system.backend(choice, () => 0), {
    code: "ERR_DISPATCH_UNKNOWN_FUNCTION",
    message: new RegExp(`has no function or group "group.functoin29"; it has ${listed}`),
  });
});

test("a backend's name is one that the environment, too, can say", (t) => {
  const { system, who } = geometry();
  for (const name of ["a b", "a,b", "a>b", "\n"]) {
    t.throws(() => system.registerBackend({ name, primary: [POINT] }), refused(/name is .*without spaces, commas/));
  }
  const named: BackendDeclaration = { name: "fast_2.ü-é", primary: [POINT] };
  system.registerBackend(named).implement(who, () => "named");
  t.is(who(new Point(0), { backend: named.name }), "named");
});

test("a backend has no place beside itself", (t) => {
  const { system } = geometry();
  for (const field of ["higherPriorityThan", "lowerPriorityThan"]) {
    const declaration = { name: "x", primary: [POINT], [field]: ["fast", "x"] } as BackendDeclaration;
    t.throws(() => system.registerBackend(declaration), refused(new RegExp(`${field} of backend "x".*other backends`)));
  }
  t.deepEqual(system.backends, ["fast", "default", "device"]);
});

test("what is to be traced is a function", (t) => {
  t.throws(() => trace(nonsense(undefined)), refused(/trace.*function.*undefined/));
});

test("an extractor's replace gives arguments", (t) => {
  const { system, device } = geometry();
  const config = { on: ([point]: Point[]) => [point], replace: nonsense(() => 5), options: 1 };
  const first = system.dispatchable("first", config, (_points: Point[]): string => "default");
  device.implement(first, () => "device");
  t.throws(() => system.backend("device", () => first([new Point(1)])), refused(/replace of first gave 5.*arguments/));
});

test("a shouldRun refuses, and does not defer", (t) => {
  const { system, who } = geometry();
  const asked = system.registerBackend({ name: "asked", primary: [POINT], higherPriorityThan: ["default"] });
  asked.implement(who, () => "asked", { defers: true, shouldRun: () => defer("not mine") });
  t.throws(() => who(new Point(1)), { code: "ERR_DISPATCH_SHOULD_RUN", message: /no place to defer.*refuse\("…"\)/ });
});
