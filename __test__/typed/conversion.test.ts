// Conversions: what they add to signatures, and which is taken.
import test from "ava";
import typed from "../../src/typed/index.ts";

function universe(): typeof typed {
  const own = typed.create();
  own.addConversions([
    { from: "boolean", to: "number", convert: Number },
    { from: "number", to: "string", convert: (value: number) => `#${value}` },
    { from: "string", to: "Date", convert: (value: string) => new Date(value) },
  ]);
  return own;
}

test("arguments are converted where no signature takes them as they are", (t) => {
  const fn = universe()({ "string, number": (text: unknown, number: unknown) => [text, number] });
  t.deepEqual(fn("a", 1), ["a", 1]);
  t.deepEqual(fn(2, true), ["#2", 1]);
  t.deepEqual(fn(2, true), ["#2", 1], "the second time too");
  t.throws(() => fn(true, 1), { message: /expected: string or number, actual: boolean, index: 0/ }, "in one step only");
});

test("a signature without conversions comes first, then fewer of them, then any", (t) => {
  const fn = universe()({
    "string, string": () => "strings",
    "number, string": () => "mixed",
    "any, any": () => "any",
  });
  t.is(fn("a", "b"), "strings");
  t.is(fn(1, "b"), "mixed");
  t.is(fn("a", 2), "strings");
  t.is(fn(true, "b"), "mixed");
  t.is(fn(null, "b"), "any");
});

test("of two conversions from one type, the one added first is taken", (t) => {
  const own = typed.create();
  own.addConversion({ from: "number", to: "boolean", convert: () => "to boolean" });
  own.addConversion({ from: "number", to: "string", convert: () => "to string" });
  t.is(own({ "string|boolean": (value: unknown) => value })(1), "to boolean");
});

test("rest parameters are converted one by one, after those without conversion", (t) => {
  const fn = universe()({ "...number": (values: unknown) => values, "...boolean": () => "booleans" });
  t.deepEqual(fn(1, true, 3), [1, 1, 3]);
  t.is(fn(true, false), "booleans");
});

test("converters are found by looking at the value, where a type's test does", (t) => {
  const own = typed.create();
  own.addType({ name: "digits", test: (value: unknown) => typeof value === "string" && /^\d+$/.test(value) });
  own.addConversion({ from: "digits", to: "number", convert: Number });
  const fn = own({ number: (value: unknown) => value, string: () => "text" });
  t.is(fn("12"), "text", "what needs no conversion comes first");
  const strict = own({ number: (value: unknown) => value });
  t.is(strict("12"), 12);
  t.throws(() => strict("1x"), { message: /actual: string, index: 0/ });
  t.is(strict("34"), 34);
});

test("typed.convert takes the first conversion that fits, and none that is not needed", (t) => {
  const own = universe();
  t.is(own.convert("a", "string"), "a");
  t.is(own.convert(5, "string"), "#5");
  t.throws(() => own.convert(null, "string"), { message: "Cannot convert null to string" });
  t.throws(() => own.convert(5, "RegExp"), { message: /no conversions to RegExp/ });
  t.throws(() => own.convert(5, "nothing"), { instanceOf: TypeError, message: /Unknown type/ });
});

test("functions keep the conversions that there were when they were made", (t) => {
  const own = typed.create();
  const convert = (value: boolean): number => Number(value) + 1;
  own.addConversion({ from: "boolean", to: "number", convert });
  const before = own({ number: (value: unknown) => value });
  own.removeConversion({ from: "boolean", to: "number", convert });
  t.is(before(true), 2);
  t.throws(() => own({ number: () => 0 })(true), { instanceOf: TypeError });
  own.addConversion({ from: "boolean", to: "number", convert });
  own.clear();
  t.is(before(true), 2);
});

test("bad conversions are refused", (t) => {
  const own = universe();
  const convert = (): number => 0;
  t.throws(() => own.addConversion({ from: "boolean", to: "number", convert }), { message: /already a conversion/ });
  own.addConversion({ from: "boolean", to: "number", convert }, { override: true });
  t.is(own.convert(true, "number"), 0);
  t.throws(() => own.addConversion({ from: "number", to: "number", convert }), { instanceOf: SyntaxError });
  t.throws(() => own.addConversion({ from: "number", to: "nowhere", convert }), { message: /Unknown type "nowhere"/ });
  t.throws(() => own.addConversion({ from: "number" } as never), { instanceOf: TypeError });
  t.throws(() => own.removeConversion({ from: "Date", to: "number", convert }), { message: /nonexistent/ });
  const other = { from: "boolean", to: "number", convert: () => 1 };
  t.throws(() => own.removeConversion(other), { message: /does not match/ });
  own.clearConversions();
  t.throws(() => own.convert(true, "number"), { message: /no conversions/ });
});
