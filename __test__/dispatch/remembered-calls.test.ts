// Stubs remember their first calls, and spare those the walk through the table.
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "ava";
import {
  type Backend,
  type BackendSystem,
  createBackendSystem,
  registerConverter,
  registerType,
} from "../../src/index.ts";
import { TYPESCRIPT } from "../typescript.ts";

const classes = Array.from({ length: 7 }, (_, i) => {
  const type = class {};
  registerType(type, `remembered:T${i}`);
  return type;
});

interface Library {
  system: BackendSystem;
  who: (a: unknown, b?: unknown) => string;
  backends: Backend[];
  add: (name: string, index: number) => Backend;
}

let libraries = 0;

function library(on: number[]): Library {
  const system = createBackendSystem({ name: `remembered-${libraries++}`, defaultTypes: ["remembered:T0"] });
  const who = system.dispatchable("who", { on }, (_a: unknown, _b?: unknown): string => "default");
  const add = (name: string, index: number): Backend => {
    const backend = system.registerBackend({
      name,
      primary: [`remembered:T${index}`],
      higherPriorityThan: ["default"],
    });
    backend.implement(who, () => name);
    return backend;
  };
  return { system, who, backends: classes.slice(1).map((_, i) => add(`b${i + 1}`, i + 1)), add };
}

test("more types than a stub remembers, in any order and again", (t) => {
  const { who } = library([0]);
  const expected = ["default", "b1", "b2", "b3", "b4", "b5", "b6"];
  for (const order of [
    [6, 5, 4, 3, 2, 1, 0],
    [0, 1, 2, 3, 4, 5, 6],
    [3, 3, 6, 0],
  ]) {
    for (const i of order) t.is(who(new classes[i]!()), expected[i]!);
  }
});

test("so many types that a stub stops comparing, and starts again after a change", (t) => {
  const system = createBackendSystem({ name: `remembered-${libraries++}` });
  const who = system.dispatchable("who", { on: [0] }, (_a: unknown): string => "default");
  const many = Array.from({ length: 24 }, (_, i) => {
    const type = class {};
    registerType(type, `remembered:Many${i}`);
    const backend = system.registerBackend({
      name: `many${i}`,
      primary: [`remembered:Many${i}`],
      higherPriorityThan: ["default"],
    });
    backend.implement(who, () => `many${i}`);
    return type;
  });
  const expected = many.map((_, i) => `many${i}`);
  const answers = (): string[] => many.map((type) => who(new type()));
  for (let round = 0; round < 3; round++) t.deepEqual(answers(), expected);
  const late = system.registerBackend({
    name: "late",
    primary: ["remembered:Many0", "remembered:Many23"],
    higherPriorityThan: ["many0", "many23"],
  });
  late.implement(who, () => "late");
  [expected[0], expected[23]] = ["late", "late"];
  for (let round = 0; round < 3; round++) t.deepEqual(answers(), expected);
});

test("all tags of a call are compared, not only the first", (t) => {
  const { who } = library([0, 1]);
  const [first, second] = [new classes[1]!(), new classes[2]!()];
  t.is(who(first, first), "b1");
  t.throws(() => who(first, second), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  t.is(who(second, second), "b2");
  t.is(who(first), "b1");
  t.is(who(first, undefined), "b1");
  t.is(who(null, second), "b2");
});

test("a remembered call is not taken for one that chooses its backend, or is made in another scope", (t) => {
  const { system, who } = library([0]);
  const value = new classes[1]!();
  t.is(who(value), "b1");
  t.throws(() => who(value, { backend: "b2" }), { code: "ERR_DISPATCH_REFUSED" });
  t.is(who(value, { backend: "b1" }), "b1");
  const disabled = (): string => system.backend({ disable: "b1" }, () => who(value));
  t.throws(disabled, { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  t.is(
    system.backend({ disable: "b2" }, () => who(value)),
    "b1",
  );
  t.throws(disabled, { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  t.is(who(value), "b1");
});

test("a remembered call is forgotten when a backend comes that runs it", (t) => {
  const { who, add } = library([0]);
  for (const i of [0, 1, 2]) who(new classes[i]!());
  add("late", 0);
  t.is(who(new classes[0]!()), "late");
  t.is(who(new classes[1]!()), "b1");
  t.is(who(new classes[2]!()), "b2");
});

test("a remembered call is forgotten when a class turns out to extend another one's, or a conversion comes", (t) => {
  const { who } = library([0]);
  class Late {}
  t.throws(() => who(new Late()), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  t.is(who(new classes[1]!()), "b1");
  registerType(Late, "remembered:Late");
  registerConverter({ from: "remembered:Late", to: "remembered:T0", convert: () => new classes[0]!() });
  t.throws(() => who(new Late()), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  t.is(who(new classes[1]!()), "b1");
});

test("a call with an argument missing is not remembered in the place of one that has it", (t) => {
  const system = createBackendSystem({ name: `remembered-${libraries++}`, defaultTypes: ["remembered:T0"] });
  const who = system.dispatchable("who", { on: [0, 1] }, (_a: unknown, _b?: unknown): string => "default");
  const both = system.registerBackend({
    name: "both",
    primary: ["remembered:T1"],
    secondary: ["remembered:T0"],
  });
  both.implement(who, () => "both");
  const [first, second] = [new classes[0]!(), new classes[1]!()];
  t.is(who(first, second), "both");
  system.registerBackend({ name: "late", primary: ["remembered:T2"] });
  t.is(who(first), "default");
  t.is(who(first, second), "both");
});

test("an argument that is missing for once, undefined or null, changes no other call", (t) => {
  for (const on of [[0], [0, 1], [0, 1, 2]]) {
    const { who } = library(on);
    const [of1, of2] = [new classes[1]!(), new classes[2]!()];
    const call = who as (...args: unknown[]) => string;
    const nobody = { code: "ERR_DISPATCH_NO_IMPLEMENTATION" };
    for (let pass = 0; pass < 3; pass++) {
      t.is(call(of1, of1, of1), "b1");
      t.throws(() => call(undefined, undefined, undefined), nobody);
      t.is(call(of2, of2, of2), "b2");
      t.throws(() => call(null, null, null), nobody);
      t.throws(() => call(), nobody);
      t.is(call(of1), "b1");
      t.is(call(of1, undefined, of1), "b1");
    }
  }
});

test("what is thrown where the type of an argument is read reaches the caller", (t) => {
  const { who } = library([0, 1]);
  const value = new classes[1]!();
  const hostile = new Proxy(value, {
    get() {
      throw new RangeError("trap");
    },
  });
  t.is(who(value, value), "b1");
  for (let pass = 0; pass < 2; pass++) {
    t.throws(() => who(value, hostile), { instanceOf: RangeError, message: "trap" });
    t.is(who(value, value), "b1");
  }
});

test("an error in what is remembered stays the implementation's own, and is no reason to forget", (t) => {
  const system = createBackendSystem({ name: `remembered-${libraries++}` });
  let fail = false;
  const call = system.dispatchable("call", { on: [0] }, (_value: unknown): string => {
    if (fail) throw new RangeError("own");
    return "done";
  });
  t.is(call(new classes[0]!()), "done");
  fail = true;
  t.throws(() => call(new classes[0]!()), { instanceOf: RangeError, message: "own" });
  fail = false;
  t.is(call(new classes[0]!()), "done");
});

test("stubs of up to three dispatch arguments are short enough for V8 to inline", (t) => {
  const stub = JSON.stringify(pathToFileURL(join(import.meta.dirname, "../../src/stub.ts")).href);
  const places = JSON.stringify(pathToFileURL(join(import.meta.dirname, "../../src/dispatch-arguments.ts")).href);
  const shapes = [
    { on: [0], options: 1 },
    { on: [0], options: 2 },
    { on: [0], options: 3 },
    { on: [1], options: 2 },
    { on: [0, 1], options: 2 },
    { on: [0, 1], options: 3 },
    { on: [0, 1, 2], options: 3 },
    { on: [0, 1, 2], options: 5 },
    { on: [0], options: 1, output: "out" },
    { on: [0, 1], options: 2, output: "out" },
    { on: [0, 1, 2], options: 5, output: "out" },
  ];
  const script = `
    import { generatedStub } from ${stub};
    import { argumentsAt } from ${places};
    for (const { on, ...shape } of ${JSON.stringify(shapes)}) {
      const { call, state } = generatedStub({ on: argumentsAt(on), ...shape });
      state.choose = () => () => 0;
      call({}, {}, {});
    }`;
  const folder = mkdtempSync(join(tmpdir(), "tagswitch-bytecode-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  // V8 prints to a file: of what it prints to a pipe, some is lost.
  const file = join(folder, "bytecode");
  const flags = ["--print-bytecode", "--print-bytecode-filter=dispatch", TYPESCRIPT, "--input-type=module"];
  const output = openSync(file, "w");
  execFileSync(process.execPath, [...flags, "--eval", script], { stdio: ["ignore", output, "inherit"] });
  closeSync(output);
  const printed = readFileSync(file, "latin1");
  const lengths = [...printed.matchAll(/^Bytecode length: (\d+)/gm)].map((match) => Number(match[1]));
  t.is(lengths.length, shapes.length);
  // V8's max_inlined_bytecode_size.
  t.true(Math.max(...lengths) <= 460, `bytes of bytecode: ${lengths.join(", ")}`);
});
