// Typed functions made of others, functions that refer to each other, and looking signatures up.
import test from "ava";
import typed from "../../src/typed/index.ts";
import { typedFunction } from "./equivalence.ts";

test("typed functions, signatures and functions with a signature are merged", (t) => {
  const numbers = typed("show", { number: () => "number" });
  const dates = Object.assign(() => "date", { signature: "Date" });
  const all = typed("all", numbers, { string: () => "string" }, dates);
  t.deepEqual(Object.keys(all.signatures), ["number", "string", "Date"]);
  t.deepEqual([all(1), all("a"), all(new Date())], ["number", "string", "date"]);
  t.is(typed(numbers, { string: () => "string" }).name, "show", "the name is inherited");
  t.is(typed({ number: numbers, string: function other() {} }).name, "show", "of typed functions only");
});

test("sources that do not agree are refused", (t) => {
  const one = typed("one", { number: () => 1 });
  const two = typed("two", { number: () => 2 });
  t.throws(() => typed(one, two), { message: "Function names do not match (expected: one, actual: two)" });
  t.throws(() => typed("both", one, two), { message: 'Signature "number" is defined twice' });
  t.is(typed(one, one)(1), 1, "the same function twice is no conflict");
});

test("conversions are not merged: they are those of the universe that merges", (t) => {
  const own = typed.create();
  own.addConversion({ from: "string", to: "number", convert: Number });
  const converting = own({ number: (value: unknown) => value });
  t.is(converting("5"), 5);
  t.throws(() => typed(converting, { Date: () => 1 })("5"), { message: /expected: number or Date/ });
});

test("functions made by typed-function can be merged, and the other way round", (t) => {
  const theirs = typedFunction("theirs", { number: () => "theirs" });
  t.true(typed.isTypedFunction(theirs));
  t.is(typed(theirs, { string: () => "ours" })(1), "theirs");
  const merge = typedFunction as unknown as (...sources: unknown[]) => (value: unknown) => unknown;
  t.is(merge(typed({ string: () => "ours" }))("a"), "ours");
  t.false(typed.isTypedFunction(() => 1));
});

test("a function may refer to others by signature, also to later ones", (t) => {
  const fn = typed({
    string: typed.referTo(
      "number",
      "boolean",
      (number, boolean) => (text: string) => (text === "true" ? boolean(true) : number(Number(text))),
    ),
    "number | boolean": (value: unknown) => value,
  });
  t.is(fn("12"), 12);
  t.is(fn("true"), true);
});

test("references that lead nowhere or in a circle are refused", (t) => {
  const back = (name: string): object => typed.referTo(name, (other) => other);
  const circle = { number: back("string"), string: back("number") };
  t.throws(() => typed(circle as never), { instanceOf: SyntaxError, message: /Circular/ });
  t.throws(() => typed({ number: back("Date") } as never), { message: /referenced signature "Date"/ });
  t.throws(() => typed.referTo("number" as never), { instanceOf: TypeError, message: /Callback/ });
  t.throws(() => typed.referTo(5 as never, () => () => 1), { message: "Signatures must be strings" });
  t.throws(() => typed.referToSelf(5 as never), { instanceOf: TypeError, message: /Callback/ });
});

test("a function may refer to itself, which is another function once it is merged", (t) => {
  const selves: unknown[] = [];
  const strings = typed({
    string: typed.referToSelf((self) => (text: string) => {
      selves.push(self);
      return self(Number(text));
    }),
    number: () => "first",
  });
  t.is(strings("1"), "first");
  const merged = typed({ ...strings.signatures, number: () => "second" });
  t.is(merged("1"), "second");
  t.is(strings("1"), "first");
  t.deepEqual(selves, [strings, merged, strings]);
});

test("signatures are found by types, and by arguments", (t) => {
  const own = typed.create();
  own.addConversion({ from: "boolean", to: "number", convert: Number });
  const one = (value: unknown): unknown => ["one", value];
  const many = (values: unknown): unknown => ["many", values];
  const fn = own("fn", { number: one, "string, ...number": many });
  t.is(own.find(fn, "number"), one as never);
  t.is(own.findSignature(fn, ["string", "number", "number"]).fn, many as never);
  t.deepEqual(own.find(fn, " boolean ")(true), ["one", 1]);
  t.throws(() => own.find(fn, "boolean", { exact: true }), { message: "Signature not found (signature: fn(boolean))" });
  t.is(own.find(fn, "number", { exact: true }), one as never);
  t.is(own.resolve(fn, ["a", 1])?.fn, many as never);
  t.deepEqual(own.resolve(fn, [true])?.implementation(true), ["one", 1]);
  t.is(own.resolve(fn, [null]), null);
  t.throws(() => own.resolve(one, [1]), { message: "Argument is not a typed-function." });
});
