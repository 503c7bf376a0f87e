// What errors say, in words and as data.
import test from "ava";
import typed, { type MismatchError } from "../../src/typed/index.ts";

const fn = typed("area", { "number, number": () => 1, "string, Date": () => 2 });

function dataOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return (error as MismatchError).data;
  }
  return undefined;
}

test("a wrong type is told with its place and what was expected there", (t) => {
  t.throws(() => fn(true, 1), {
    instanceOf: TypeError,
    message: "Unexpected type of argument in function area (expected: number or string, actual: boolean, index: 0)",
  });
  const wrong = { category: "wrongType", fn: "area", index: 1, actual: ["string"], expected: ["number"] };
  t.deepEqual(
    dataOf(() => fn(1, "a")),
    wrong,
  );
  t.deepEqual(
    dataOf(() => fn(1, "a")),
    wrong,
    "the second time too",
  );
});

test("too few arguments are told with what was expected next", (t) => {
  t.deepEqual(
    dataOf(() => fn("a")),
    { category: "tooFewArgs", fn: "area", index: 1, expected: ["Date"] },
  );
  t.throws(() => fn(), { message: "Too few arguments in function area (expected: number or string, index: 0)" });
});

test("too many arguments are told with their number", (t) => {
  t.deepEqual(
    dataOf(() => fn(1, 2, 3)),
    { category: "tooManyArgs", fn: "area", index: 3, expectedLength: 2 },
  );
});

test("arguments that fit a signature, and are an error all the same, are told as a whole", (t) => {
  const signatures = [typed.findSignature(fn, "number, number")];
  const error = typed.createError("area", [1, 2], signatures);
  t.is(
    error.message,
    'Arguments of type "number, number" do not match any of the defined signatures of function area.',
  );
  t.deepEqual(error.data, { category: "mismatch", actual: ["number", "number"] });
});

test("a type is expected where some signature left could go on, and only those are left that fit so far", (t) => {
  const own = typed.create();
  own.addType({ name: "even", test: (value: unknown) => typeof value === "number" && value % 2 === 0 });
  const partial = own({ "even, number, string": () => 1, "number, even, Date": () => 2, number: () => 3 });
  t.deepEqual(
    dataOf(() => partial(1, 1)),
    {
      category: "wrongType",
      fn: "unnamed",
      index: 1,
      actual: ["number"],
      expected: ["even"],
    },
  );
});

test("a value of several types is told with all of them", (t) => {
  const own = typed.create();
  own.addType({ name: "email", test: (value: unknown) => String(value).includes("@") });
  t.throws(() => own({ Date: () => 1 })("a@b"), { message: /actual: string \| email/ });
});

test("signatures that some call would match both are refused", (t) => {
  const conflict = (first: string, second: string): void => {
    const error = t.throws(() => typed({ [first]: () => 1, [second]: () => 2 }), { instanceOf: TypeError });
    t.is(error.message, `Conflicting signatures "${first}" and "${second}".`);
  };
  conflict("number|string", "string");
  conflict("...number", "number,number");
  conflict("number", "...number");
  conflict("string,...number", "string,...number|Date");
  t.notThrows(() => typed({ "string,...number": () => 1, string: () => 2, "...number": () => 3 }));
});

test("signatures that cannot be read are refused", (t) => {
  t.throws(() => typed({ "...number, string": () => 1 }), { instanceOf: SyntaxError, message: /rest parameter/ });
  t.throws(() => typed({ array: () => 1 }), { message: 'Unknown type "array". Did you mean "Array" ?' });
  t.throws(() => typed(), { instanceOf: SyntaxError, message: "No signatures provided" });
  t.throws(() => typed({}), { instanceOf: TypeError, message: /index 0/ });
  t.throws(() => typed("named", 5 as never), { instanceOf: TypeError, message: /index 1/ });
  t.throws(() => typed({ number: 5 as never }), { instanceOf: TypeError, message: /5 in place of a function/ });
});

test("onMismatch takes the place of the error, for all functions of its universe", (t) => {
  const own = typed.create();
  const early = own("early", { number: () => 1 });
  own.onMismatch = (name, args, signatures) => [name, args, own.createError(name, args, signatures).data.category];
  t.deepEqual(early("a", 2), ["early", ["a", 2], "wrongType"]);
  t.deepEqual(early(1, 2), ["early", [1, 2], "tooManyArgs"]);
  own.onMismatch = own.throwMismatchError;
  t.throws(() => early("a"), { instanceOf: TypeError });
});

test("a function whose text takes `this` for the typed function is refused, unless told otherwise", (t) => {
  const own = typed.create();
  const recursive = {
    string(this: (value: number) => unknown, value: string) {
      return this(Number(value));
    },
  };
  t.throws(() => own(recursive), { instanceOf: SyntaxError, message: /referToSelf/ });
  own.warnAgainstDeprecatedThis = false;
  t.notThrows(() => own(recursive));
});
