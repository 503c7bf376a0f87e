// What becomes of calls that backends refused: each library's own policy.
import test from "ava";
import { type BackendSystemOptions, createBackendSystem, registerConverter, registerType } from "../../src/index.ts";

class Own {}
class Foreign {}
registerType(Own, "fallback:Own");
registerType(Foreign, "fallback:Foreign");
registerConverter({ from: "fallback:Foreign", to: "fallback:Own", convert: () => new Own() });
registerConverter({ from: "fallback:Own", to: "fallback:Foreign", convert: () => new Foreign() });

let count = 0;

/** A library of one function, and a backend for foreign values that refuses every call. */
function library(fallback?: BackendSystemOptions["fallback"]) {
  const name = `fallback-${count++}`;
  const system = createBackendSystem({
    ...{ name, defaultTypes: ["fallback:Own" as const], discover: false },
    ...(fallback && { fallback }),
  });
  const who = system.dispatchable(
    "who",
    { on: [0] },
    (value: object): string => `default on ${value.constructor.name}`,
  );
  const backend = system.registerBackend({ name: "foreign", primary: ["fallback:Foreign"] });
  backend.implement(who, () => "foreign", { shouldRun: () => "not today" });
  return { who, foreignFirst: (value: object): string => system.backend("foreign", () => who(value)) };
}

const [own, foreign] = [new Own(), new Foreign()];
const nobody = { code: "ERR_DISPATCH_NO_IMPLEMENTATION", message: /foreign: not today/ };

for (const fallback of [undefined, "own"] as const) {
  test(`${fallback ?? "without a word of it"}: the library's own runs where it takes the arguments`, (t) => {
    const { who, foreignFirst } = library(fallback);
    t.is(foreignFirst(own), "default on Own");
    t.throws(() => who(foreign), nobody);
    t.throws(() => foreignFirst(foreign), nobody);
  });
}

test("convert: also where the arguments can be converted for it", (t) => {
  const { who, foreignFirst } = library("convert");
  t.is(foreignFirst(own), "default on Own");
  t.is(who(foreign), "default on Own");
  t.is(foreignFirst(foreign), "default on Own");
});

test("raise: not where the user put another backend first", (t) => {
  const { who, foreignFirst } = library("raise");
  t.is(who(own), "default on Own");
  t.throws(() => foreignFirst(own), nobody);
  t.throws(() => who(foreign), nobody);
});
