// How dispatch learns what a value's type is.
import { mkdtemp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { createBackendSystem, explain, registerType, type TypeIdentifier } from "../../src/index.ts";
import { geometry } from "./library.ts";

let count = 0;

/** Whether values are of a type, by a system whose only backend works on it. */
function isOf(type: TypeIdentifier): (value: unknown) => boolean {
  const system = createBackendSystem({ name: `types-${count++}`, defaultTypes: ["types:Nothing"] });
  const is = system.dispatchable("is", { on: [0] }, (_value: unknown): boolean => false);
  system.registerBackend({ name: "only", primary: [type] }).implement(is, () => true);
  return (value) => {
    try {
      return is(value);
    } catch (error) {
      if ((error as { code?: string }).code === "ERR_DISPATCH_NO_IMPLEMENTATION") return false;
      throw error;
    }
  };
}

/** A CommonJS package in a folder of its own. */
async function commonJs(t: ExecutionContext, name: string, files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "tagswitch-types-"));
  t.teardown(() => rm(root, { recursive: true }));
  const folder = join(root, "node_modules", name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name, version: "1.0.0" }));
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}

const load = createRequire(import.meta.url) as (file: string) => unknown;

test("a class is known by its package and export where the module is loaded", async (t) => {
  const folder = await commonJs(t, "blunt", {
    "index.js": `
      const { Duplex } = require("node:stream");
      function Blunt() { if (!(this instanceof Blunt)) return new Blunt(); Duplex.call(this); }
      Object.setPrototypeOf(Blunt.prototype, Duplex.prototype);
      Object.setPrototypeOf(Blunt, Duplex);
      module.exports = Blunt;`,
    "more.js": `exports.Extra = class Extra {}; exports.Other = class Renamed {};`,
  });
  const [isBlunt, isExtra] = [isOf("blunt:Blunt"), isOf("blunt:Extra")];
  const blunt = (load(folder) as () => unknown)();
  const more = load(join(folder, "more.js")) as Record<string, new () => unknown>;
  for (let i = 0; i < 3; i++) {
    t.deepEqual([isBlunt(blunt), isExtra(blunt)], [true, false]);
    t.deepEqual([isBlunt(new more["Extra"]!()), isExtra(new more["Extra"]!())], [false, true]);
    class Extra {}
    t.false(isExtra(new Extra()));
  }
});

test("a class that was seen before its type was named is known once it is", async (t) => {
  const folder = await commonJs(t, "seen-first", { "index.js": `exports.Seen = class Seen {};` });
  const { Seen } = load(folder) as { Seen: new () => object };
  class Child extends Seen {}
  const isOther = isOf("types:Other");
  t.deepEqual([isOther(new Seen()), isOther(new Child())], [false, false]);
  const isSeen = isOf("seen-first:Seen");
  t.deepEqual([isSeen(new Child()), isSeen(new Seen())], [true, true]);
});

test("to learn whether a class is an export, nothing is loaded and no accessor is read", async (t) => {
  const folder = await commonJs(t, "lazy", {
    "index.js": `Object.defineProperty(exports, "Late", { enumerable: true, get: () => require("./late.js") });`,
    "late.js": `throw new Error("loaded");`,
  });
  load(folder);
  class Late {}
  const cached = (): string[] =>
    Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes("lazy"));
  t.is(cached().length, 1);
  t.false(isOf("lazy:Late")(new Late()));
  class Sharp {}
  t.false(isOf("not-installed:Sharp")(new Sharp()));
  t.is(cached().length, 1);
});

test("a package that is linked into the application is found", async (t) => {
  const elsewhere = await mkdtemp(join(tmpdir(), "tagswitch-linked-"));
  t.teardown(() => rm(elsewhere, { recursive: true }));
  await mkdir(join(elsewhere, "node_modules"));
  await mkdir(join(elsewhere, "packages"));
  const real = join(elsewhere, "packages", "somewhere");
  await mkdir(real);
  await writeFile(join(real, "package.json"), JSON.stringify({ name: "linked" }));
  await writeFile(join(real, "index.js"), `exports.Linked = class Linked {};`);
  await symlink(real, join(elsewhere, "node_modules", "linked"));
  const { Linked } = load(real) as { Linked: new () => unknown };
  const before = process.argv[1];
  process.argv[1] = join(elsewhere, "main.js");
  try {
    t.true(isOf("linked:Linked")(new Linked()));
  } finally {
    process.argv[1] = before!;
  }
});

test("a frozen class with an identifier is not taken for its parent", (t) => {
  class Parent {}
  class Named extends Parent {}
  class Child extends Parent {}
  registerType(Parent, "types:Parent");
  registerType(Named, "types:Named");
  class Icy extends Parent {}
  Object.freeze(Icy.prototype);
  registerType(Icy, "types:Icy");
  const [isParent, isNamed, isIcy] = [isOf("types:Parent"), isOf("types:Named"), isOf("types:Icy")];
  for (let i = 0; i < 3; i++) {
    for (const [value, expected] of [
      [new Parent(), [true, false, false]],
      [new Named(), [false, true, false]],
      [new Child(), [true, false, false]],
      [new Icy(), [false, false, true]],
    ] as const) {
      t.deepEqual([isParent(value), isNamed(value), isIcy(value)], [...expected]);
    }
  }
});

test("an object made from another one counts as of its class", (t) => {
  class Made {}
  registerType(Made, "types:Made");
  const isMade = isOf("types:Made");
  t.true(isMade(Object.create(new Made())));
  t.true(isMade(new Proxy(new Made(), {})));
  t.false(isMade(Object.create({ x: 1 })));
});

test("a class's name may be anything: no accessor is asked, and what is no text is none", (t) => {
  const { system, who } = geometry();
  const like = {
    name: `names:${system.name}`,
    matches: (type: { prototype: object }) => "area" in type.prototype,
  } as const;
  system.registerBackend({ name: "areas", primary: [like] }).implement(who, () => "areas");
  const odd = [Symbol("name"), 5, null].map((name) => {
    const type = class {
      area = 1;
    };
    return Object.defineProperty(type, "name", { value: name });
  });
  const asking = Object.defineProperty(class {}, "name", { get: () => t.fail() });
  for (const type of [...odd, asking]) {
    Object.assign(type.prototype, { area: 1 });
    for (let repeat = 0; repeat < 2; repeat++) t.is(who(new type()), "areas");
    t.throws(() => registerType(type, undefined), { code: "ERR_DISPATCH_ARGUMENT", message: /^class Class states/ });
    registerType(type, `names:T${odd.indexOf(type as never)}-${system.name}`);
    t.throws(() => registerType(type, "names:Other"), { code: "ERR_DISPATCH_DUPLICATE" });
  }
});

test("an object whose constructor cannot be asked has a type for error messages all the same", (t) => {
  const { who } = geometry();
  const hostile = Object.defineProperty({}, "constructor", { get: () => t.fail() });
  t.deepEqual(explain(who, hostile).types, ["an unregistered Object"]);
});
