// What TypeScript makes of typed functions. The compiler holds most of it.
import test from "ava";
import typed, { type MismatchError, type TypedFunction } from "../../src/typed/index.ts";

test("given functions may take less than everything, and the result may say how it is called", (t) => {
  class Money {
    readonly cents: number;
    constructor(cents: number) {
      this.cents = cents;
    }
  }
  const own = typed.create();
  own.addType({ name: "Money", test: (value) => value instanceof Money, type: Money });
  own.addConversion({ from: "number", to: "Money", convert: (euros: number) => new Money(euros * 100) });
  const show = own<(amount: number | Money) => string>("show", {
    Money: ({ cents }: Money) => `${(cents / 100).toFixed(2)} €`,
    "string, ...Money": (label: string, amounts: Money[]) => `${label}: ${amounts.length}`,
    any: (value) => String(value),
  });
  const text: string = show(5);
  t.is(text, "5.00 €");
  t.is(show(new Money(1)), "0.01 €");
  // @ts-expect-error -- not what the result was said to take
  t.is(show(null), "null");
  t.is(show.name, "show");
});

test("without that, arguments and result are unknown", (t) => {
  const fn: TypedFunction = typed({ string: (text: string) => text.length });
  const length: unknown = fn("four");
  t.is(length, 4);
  const error = t.throws<MismatchError>(() => fn(1));
  // @ts-expect-error -- only where the category says so
  t.is(error.data.expectedLength, undefined);
  t.is(error.data.category === "wrongType" ? error.data.index : undefined, 0);
});
