import test from "ava";
import { createBackendSystem, registerConverter, registerType, trace } from "../../src/index.ts";

class Host {
  readonly n: number;
  constructor(n: number) {
    this.n = n;
  }
}
class Card {
  readonly n: number;
  disposed = false;
  constructor(n: number) {
    this.n = n;
    cards.push(this);
  }
}
const cards: Card[] = [];
let disposedTwice = 0;
registerType(Host, "conversion:Host");
registerType(Card, "conversion:Card");
registerConverter<Host, Card>({
  from: "conversion:Host",
  to: "conversion:Card",
  convert: ({ n }) => new Card(n),
  bytes: () => {
    throw new Error("no idea");
  },
  dispose: (card) => {
    if (card.disposed) disposedTwice++;
    card.disposed = true;
  },
});
registerConverter<Card, Host>({ from: "conversion:Card", to: "conversion:Host", convert: ({ n }) => new Host(n) });

const system = createBackendSystem({ name: "conversion", defaultTypes: ["conversion:Host"] });
type Either = Host | Card;
const sum = system.dispatchable("sum", { on: [0, 1] }, (a: Either, b: Either): Either => new Host(a.n + b.n));
const same = system.dispatchable("same", { on: [0] }, (a: Either): Either => a);
const size = system.dispatchable("size", { on: [0] }, (a: Either): Float64Array => Float64Array.of(a.n));
const later = system.dispatchable("later", { on: [0] }, async (a: Either): Promise<Either> => a);
const both = system.dispatchable("both", { on: [0] }, (a: Either): Either[] => [a, a]);
const named = system.dispatchable("named", { on: [0] }, (a: Either): { own: Either; n: number } => ({
  own: a,
  n: a.n,
}));
const fails = system.dispatchable("fails", { on: [0] }, (_a: Either): void => {});
const card = system.registerBackend({ name: "card", primary: ["conversion:Card"] });
card.implement(sum, (a, b) => new Card(a.n + b.n));
card.implement(same, (a) => a);
card.implement(size, (a) => Float64Array.of(a.n));
card.implement(later, async (a) => new Card(a.n + 1));
card.implement(both, (a) => [a, new Card(a.n + 1)]);
const plain = { own: new Card(0), n: 0 };
card.implement(named, (a) => (a.n < 0 ? plain : { own: new Card(a.n + 1), n: a.n }));
card.implement(fails, () => {
  throw new RangeError("mine");
});

test.beforeEach(() => {
  cards.length = 0;
});
const disposed = (): boolean[] => cards.map((each) => each.disposed);

test.serial("a trace says why a conversion kept the chosen backend from running", (t) => {
  class Broken {}
  registerType(Broken, "conversion:Broken");
  registerConverter<Broken, Card>({
    ...{ from: "conversion:Broken", to: "conversion:Card" },
    convert: () => {
      throw new RangeError("too broken");
    },
  });
  const broken = new Broken() as Host;
  const reasonsOf = (body: () => unknown): string[] => {
    const { calls } = trace(() => t.throws(body));
    t.is(calls[0]!.backend, undefined);
    return calls[0]!.considered.filter(({ backend }) => backend === "card").map((c) => `${c.verdict}: ${c.reason}`);
  };
  t.deepEqual(
    reasonsOf(() => system.backend({ exclusive: "card" }, () => same(broken))),
    ["refused: converting conversion:Broken to conversion:Card failed: too broken"],
  );
  const [reason] = reasonsOf(() => system.backend({ prioritize: "card", copies: "forbid" }, () => same(new Host(1))));
  t.regex(reason!, /^refused: same on backend "card" would copy a conversion:Host/);
});

test.serial("what a call needed only for itself is disposed, once", (t) => {
  t.deepEqual(
    system.backend("card", () => sum(new Host(1), new Host(2))),
    new Host(3),
  );
  t.deepEqual(disposed(), [true, true, true]);
  cards.length = 0;
  t.deepEqual(
    system.backend("card", () => same(new Host(4))),
    new Host(4),
  );
  t.deepEqual(disposed(), [true]);
});

test.serial("what the caller gave or gets is not", (t) => {
  const own = new Card(1);
  const result = system.backend("card", () => sum(own, own)) as Card;
  t.deepEqual(disposed(), [false, false]);
  t.is(result.n, 2);
});

test.serial("a list goes back element by element", (t) => {
  t.deepEqual(
    system.backend("card", () => both(new Host(1))),
    [new Host(1), new Host(2)],
  );
  t.deepEqual(disposed(), [true, true]);
  cards.length = 0;
  const own = new Card(3);
  t.deepEqual(
    system.backend("card", () => both(own)).map(({ n }) => n),
    [3, 4],
  );
  t.deepEqual(disposed(), [false, false]);
});

test.serial("a plain object goes back member by member", (t) => {
  t.deepEqual(
    system.backend("card", () => named(new Host(1))),
    { own: new Host(2), n: 1 },
  );
  t.deepEqual(disposed(), [true, true]);
  cards.length = 0;
  const result = system.backend("card", () => named(new Card(-1)));
  t.true(Object.is(result, plain));
  t.deepEqual(disposed(), [false]);
});

test.serial("a promise settles first, and an error disposes too", async (t) => {
  const promise = system.backend("card", () => later(new Host(1)));
  t.deepEqual(disposed(), [false, false]);
  t.deepEqual(await promise, new Host(2));
  t.deepEqual(disposed(), [true, true]);
  cards.length = 0;
  t.throws(() => system.backend("card", () => fails(new Host(1))), { instanceOf: RangeError });
  t.deepEqual(disposed(), [true]);
});

test.serial(
  "a result that cannot become the caller's type is an error: who runs a call does not change its type",
  (t) => {
    class Ticket {}
    registerType(Ticket, "conversion:Ticket");
    const made: Card[] = [];
    registerConverter<Ticket, Card>({
      ...{ from: "conversion:Ticket", to: "conversion:Card" },
      convert: () => {
        made.push(new Card(1));
        return made.at(-1)!;
      },
      dispose: (each) => void (each.disposed = true),
    });
    const ticket = new Ticket() as Host;
    const error = { code: "ERR_DISPATCH_CONVERSION", message: /same on backend "card" gave a conversion:Card, and no/ };
    t.throws(() => system.backend("card", () => same(ticket)), error);
    t.deepEqual(
      made.map((each) => each.disposed),
      [true],
    );
    t.throws(() => system.backend("card", () => both(ticket)), {
      ...error,
      message: /or open the scope with \{ type: /,
    });
    const { calls } = trace(() => t.throws(() => system.backend("card", () => same(ticket)), error));
    t.is(calls[0]!.backend, "card");
    // A number is nobody's type, a scope may ask for the backend's, and a caller that gives both types takes both.
    t.deepEqual(
      system.backend("card", () => size(ticket)),
      Float64Array.of(1),
    );
    t.true(system.backend({ prioritize: "card", type: Card }, () => same(ticket)) instanceof Card);
    t.true(system.backend("card", () => sum(ticket, new Card(2))) instanceof Card);
  },
);

test.serial("a result of a type that nothing was converted to stays as it is, whatever conversions there are", (t) => {
  registerConverter<Float64Array, Host>({
    from: "js:Float64Array",
    to: "conversion:Host",
    convert: ([n]) => new Host(n!),
  });
  t.deepEqual(
    system.backend("card", () => size(new Host(7))),
    Float64Array.of(7),
  );
});

test.serial("bytes that fail change nothing", (t) => {
  const { calls } = trace(() => system.backend("card", () => same(new Host(4))));
  t.is(calls[0]!.conversions[0]!.bytes, undefined);
  t.is(calls[0]!.backend, "card");
});

test.after("nothing was disposed twice", (t) => {
  t.is(disposedTwice, 0);
});
