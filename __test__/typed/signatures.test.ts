// Signatures: unions, any, rest parameters, and which of several runs.
import test from "ava";
import typed from "../../src/typed/index.ts";

const say =
  (what: string) =>
  (...args: unknown[]): unknown[] => [what, ...args];

test("a signature is chosen by the types and the number of arguments", (t) => {
  const fn = typed("area", { number: say("square"), "number, number": say("rectangle"), "": say("nothing") });
  t.is(fn.name, "area");
  t.deepEqual(fn(2), ["square", 2]);
  t.deepEqual(fn(2, 3), ["rectangle", 2, 3]);
  t.deepEqual(fn(), ["nothing"]);
});

test("positions matter: the same types in another order are another call", (t) => {
  const fn = typed({ "number, string": say("ns"), "string, number": say("sn") });
  t.deepEqual(fn(1, "a"), ["ns", 1, "a"]);
  t.deepEqual(fn("a", 1), ["sn", "a", 1]);
});

test("a union is split into signatures of single types, in canonical form", (t) => {
  const both = say("both");
  const fn = typed({ " number |string , boolean": both, "Date,...string| number": both });
  t.deepEqual(Object.keys(fn.signatures), ["number,boolean", "string,boolean", "Date,...string|number"]);
  t.is(fn.signatures["string,boolean"], both);
  t.deepEqual(fn("a", true), ["both", "a", true]);
});

test("any takes what no other signature does", (t) => {
  const fn = typed({ any: say("any"), number: say("number"), "number, any": say("two") });
  t.deepEqual(fn(1), ["number", 1]);
  t.deepEqual(fn(undefined), ["any", undefined]);
  t.deepEqual(fn(1, null), ["two", 1, null]);
});

test("a rest parameter gets an array, of one argument at least", (t) => {
  const fn = typed({ "string, ...number": say("rest"), "...": say("anything") });
  t.deepEqual(fn("a", 1, 2, 3), ["rest", "a", [1, 2, 3]]);
  t.deepEqual(fn("a"), ["anything", ["a"]]);
  const many = Array.from({ length: 50 }, (_, i) => i);
  t.deepEqual(fn("a", ...many), ["rest", "a", many]);
  t.deepEqual(fn("a", ...many, "b"), ["anything", ["a", ...many, "b"]]);
  t.throws(() => fn(), { instanceOf: TypeError, message: /Too few/ });
});

test("a rest parameter with a type comes before one parameter of any type, at every call", (t) => {
  const fn = typed({ any: say("any"), "...number": say("numbers") });
  t.deepEqual(fn(1), ["numbers", [1]]);
  t.deepEqual(fn(1), typed.resolve(fn, [1])?.implementation(1) as unknown[]);
});

test("every value has its type", (t) => {
  const types = ["number", "string", "boolean", "Function", "Array", "Date", "RegExp", "Object", "null", "undefined"];
  const fn = typed(Object.fromEntries(types.map((type) => [type, () => type])));
  const values = [1, "", false, () => 1, [], new Date(), /x/, {}, null, undefined];
  for (let call = 0; call < 2; call++) {
    t.deepEqual(
      values.map((value) => fn(value)),
      types,
    );
  }
  t.throws(() => fn(1n), { message: /actual: any/ });
  t.throws(() => fn(Object.create(null)), { message: /actual: any/ });
});

test("wrapped primitives, foreign arrays and objects in disguise are told from what they look like", (t) => {
  const fn = typed({ number: say("number"), Array: say("Array"), Object: say("Object"), any: say("any") });
  const values = [Object(5), Object.create(Array.prototype), Object.create(Number.prototype), { constructor: 1 }];
  for (const value of [...values, ...values]) {
    const [chosen, passed] = fn(value) as unknown[];
    t.is(chosen, "any");
    t.is(passed, value);
  }
  const plainArray = Object.setPrototypeOf([], null) as unknown;
  t.is((fn(plainArray) as unknown[])[0], "Array");
});

test("`this` is the caller's, and the given function gets as many arguments as the call", (t) => {
  const fn = typed({
    "number, string": function (this: unknown, ...args: unknown[]) {
      return [this, args.length];
    },
  });
  const owner = { fn };
  t.deepEqual(owner.fn(1, "a"), [owner, 2]);
  t.deepEqual(fn.call(5, 1, "a"), [5, 2]);
});

test("a function with more arguments than tables are made for finds its signature too", (t) => {
  const types = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? "number" : "string"));
  const fn = typed({ [types.join()]: say("long") });
  const args = types.map((type) => (type === "number" ? 1 : "a"));
  t.deepEqual(fn(...args), ["long", ...args]);
  t.throws(() => fn(...args.toReversed()), { message: /expected: number, actual: string, index: 0/ });
});

test("hundreds of combinations keep their answers", (t) => {
  const types = ["number", "string", "boolean", "Array", "Date", "null", "undefined", "Function"];
  const values = [1, "", true, [], new Date(), null, undefined, () => 1];
  const pairs = types.flatMap((first) => types.map((second) => `${first},${second}`));
  const fn = typed(Object.fromEntries(pairs.map((pair) => [pair, () => pair])));
  const calls = values.flatMap((first) => values.map((second) => [first, second]));
  for (let round = 0; round < 3; round++) {
    t.deepEqual(
      calls.map((args) => fn(...args)),
      pairs,
    );
  }
});

test("a name is a name, whatever it says", (t) => {
  const name = "(){};globalThis.broken=true;function a";
  const fn = typed(name, { "": say("ok") });
  t.is(fn.name, name);
  t.deepEqual(fn(), ["ok"]);
  t.false("broken" in globalThis);
});
