// Methods in the form of standard (TC39) decorators.
import test from "ava";
import { createBackendSystem, explain, fittedBy, registerType } from "../../src/index.ts";

class Text {
  readonly words: readonly string[];
  constructor(...words: readonly string[]) {
    this.words = words;
  }
}
registerType(Text, "decorated:Text");

const system = createBackendSystem({ name: "decorated", defaultTypes: ["decorated:Text"] });
const { method } = system;

class Counter {
  readonly counts = new Map<string, number>();

  @method("Counter.fit", { on: [0], fits: true })
  fit({ words }: Text): this {
    for (const word of words) this.counts.set(word, this.count(word) + 1);
    return this;
  }

  /** How often a word was there. */
  count(word: string): number {
    return this.counts.get(word) ?? 0;
  }

  @method("Counter.total", { on: [0] })
  total({ words }: Text): string {
    return `default ${words.reduce((sum, word) => sum + this.count(word), 0)}`;
  }

  @method("Counter.name", { on: [0] })
  static named(_text: Text): string {
    return `default of ${this.name}`;
  }
}

const b1 = system.registerBackend({ name: "b1", primary: ["decorated:Text"] });
b1.implement(Counter.prototype.fit, function (this: Counter, { words }) {
  for (const word of words) this.counts.set(word, 10);
  return this;
});
b1.implement(Counter.prototype.total, function (this: Counter, { words }) {
  return `b1 ${words.reduce((sum, word) => sum + this.count(word), 0)}`;
});
b1.implement(Counter.named, function (this: unknown) {
  return `b1 of ${(this as typeof Counter).name}`;
});

test("a decorated method is dispatched, with the type, name and length that it had", (t) => {
  const counter: Counter = new Counter().fit(new Text("a", "b", "a"));
  t.is(counter.total(new Text("a")), "default 2");
  t.is(Counter.prototype.fit.name, "fit");
  t.is(Counter.prototype.fit.length, 1);
  t.false(Object.keys(Counter.prototype).includes("fit"), "not enumerable, as methods are");
  // @ts-expect-error -- a number is no text
  t.throws(() => counter.total(5));
});

test("a scope chooses for it, and its objects are loyal", (t) => {
  const counter = system.backend("b1", () => new Counter().fit(new Text("a")));
  t.is(fittedBy(counter), "b1");
  t.is(counter.total(new Text("a")), "b1 10");
  t.is(explain(Counter.prototype.total, counter, new Text("a")).backend, "b1");
});

test("a static method has its class for an object", (t) => {
  t.is(Counter.named(new Text()), "default of Counter");
  t.is(
    system.backend("b1", () => Counter.named(new Text())),
    "b1 of Counter",
  );
});

test("what is no method cannot be decorated", (t) => {
  const decorate = method("wrong", { on: [0] }) as unknown as (value: unknown, context: unknown) => unknown;
  t.throws(() => decorate(() => {}, { kind: "getter" }), { code: "ERR_DISPATCH_ARGUMENT", message: /a getter/ });
  t.throws(() => decorate(() => {}, { kind: "method", private: true }), { message: /a private method/ });
  t.throws(() => decorate({}, "fit"), { code: "ERR_DISPATCH_ARGUMENT", message: /old decorators/ });
});
