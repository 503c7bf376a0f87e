// What converters keep: as long as the object lives, at the version that it had, never freed under anybody.
import { setTimeout as delay } from "node:timers/promises";
import test from "ava";
import { type ConversionRecord, registerConverter, registerType, trace } from "../../src/index.ts";
import { type Card, cardSystem, type Host, told } from "./card.ts";

const n = (card: Card): number => card.n;

test("S12: the same conversion asked twice is one conversion, and the second trace says cached", (t) => {
  const { Host, cards, call } = cardSystem({ cache: true });
  const host = new Host(3);
  const run = () => trace(() => call([host], (card) => card) as Host);
  const [first, second] = [run(), run()];
  t.is(cards.length, 1);
  t.deepEqual(told(first.calls[0]!.conversions), ["Card copy 1", "Host copy 1"]);
  t.deepEqual(told(second.calls[0]!.conversions).slice(0, 1), ["Card cached"]);
  t.is(second.calls[0]!.conversions[0]!.bytes, 0);
  t.regex(String(second), /Host → Card cached/);
  t.is(second.result.n, 3);
  t.is(cards[0]!.disposed, 0);
});

test("a converter that does not ask for it keeps nothing", (t) => {
  const { Host, cards, call } = cardSystem();
  const host = new Host(3);
  for (let i = 0; i < 2; i++) call([host], n);
  t.deepEqual(
    cards.map(({ disposed }) => disposed),
    [1, 1],
  );
});

test("a kept value counts while the version is the same, and is freed once when replaced", (t) => {
  let version: unknown = Number.NaN;
  const { Host, cards, call } = cardSystem({ cache: () => version });
  const host = new Host(1);
  call([host], n);
  t.is(call([host], n), 1);
  t.is(cards.length, 1, "NaN is the same as NaN");
  host.n = 2;
  version = 0;
  t.is(call([host], n), 2);
  version = -0;
  call([host], n);
  t.deepEqual(
    cards.map(({ disposed }) => disposed),
    [1, 1, 0],
  );
});

test("a version function that throws is a failed conversion, and says so", (t) => {
  const { Host, refusal } = cardSystem({
    cache: () => {
      throw new Error("gone");
    },
  });
  t.regex(refusal([new Host(1)]), /^converting .* failed: its version cannot be told: gone$/);
});

test("an object that is given twice is converted once, kept or not", (t) => {
  for (const cache of [undefined, true] as const) {
    const { Host, cards, call } = cardSystem(cache && { cache });
    const host = new Host(1);
    const log: ConversionRecord[] = [];
    t.true(call([host, host], (a, b) => a === b, { log }));
    t.deepEqual(told(log), ["Card copy 1"]);
    t.is(cards.length, 1);
    t.is(cards[0]!.disposed, cache ? 0 : 1);
  }
});

test("a kept value that goes to the caller is the caller's: it is not freed, and not used again", (t) => {
  const { types, Host, cards, call, touch } = cardSystem({ cache: true });
  const host = new Host(1);
  const result = call([host], (card) => card, { type: types.card });
  t.is(result, cards[0]);
  touch(host);
  t.is(cards[0]!.disposed, 0);
  call([host], n);
  t.is(cards.length, 2);
});

test("a kept value that is converted back stays kept, and the result is another object each time", (t) => {
  const { Host, cards, call } = cardSystem({ cache: true });
  const host = new Host(1);
  const results = [1, 2].map(() => call([host], (card) => card));
  t.true(results.every((result) => result instanceof Host && result.n === 1));
  t.is(new Set([...results, host]).size, 3);
  t.is(cards.length, 1);
  t.is(cards[0]!.disposed, 0);
});

test("what is forgotten while a call is at work on it is freed when the call ends", async (t) => {
  const { Host, cards, call, touch } = cardSystem({ cache: true });
  const host = new Host(1);
  const seen: number[] = [];
  const slow = call([host], async (card) => {
    await delay(5);
    seen.push(card.disposed);
  });
  touch(host);
  call([host], n);
  t.is(cards.length, 2);
  await slow;
  t.deepEqual(seen, [0]);
  t.deepEqual(
    cards.map(({ disposed }) => disposed),
    [1, 0],
  );
});

test("an implementation that calls again with the same object gets the same kept value", (t) => {
  const { Host, cards, call, touch } = cardSystem({ cache: true });
  const host = new Host(1);
  call([host], (outer) => {
    call([host], (inner) => t.is(inner, outer));
    touch(host);
    t.is(outer.disposed, 0);
  });
  t.is(cards[0]!.disposed, 1);
});

test("a converter that comes to the same conversion on its way keeps one value", (t) => {
  let depth = 0;
  const made: Card[] = [];
  const kept = cardSystem({
    cache: true,
    convert(value: Host) {
      if (depth++ === 0) call([value], n);
      const card = new kept.Card(value.n);
      made.push(card);
      return card;
    },
  });
  const { call } = kept;
  const host = new kept.Host(1);
  call([host], n);
  call([host], n);
  t.deepEqual(
    made.map(({ disposed }) => disposed),
    [0, 1],
  );
});

test("a failed conversion is remembered with its reason, until the object changes", (t) => {
  let tries = 0;
  let version = 0;
  const { Host, refusal, call, touch } = cardSystem({
    cache: () => version,
    convert: () => {
      tries++;
      throw new Error("no room");
    },
  });
  const host = new Host(1);
  t.is(refusal([host]), "");
  t.throws(() => call([host], n), { code: "ERR_DISPATCH_CONVERSION", message: /^converting .* failed: no room$/ });
  t.regex(refusal([host]), /^remembered: converting .* failed: no room$/);
  t.throws(() => call([host], n), { code: "ERR_DISPATCH_REFUSED", message: /remembered: converting .*: no room$/ });
  t.is(tries, 1);
  version++;
  t.is(refusal([host]), "");
  t.throws(() => call([host], n));
  t.is(tries, 2);
  touch(host);
  t.is(refusal([host]), "");
});

test("what a converter throws is the cause, its words and code are in the message", (t) => {
  const thrown = Object.assign(new Error("no room"), { code: "ERR_CARD_FULL" });
  const { Host, call } = cardSystem({
    convert: () => {
      throw thrown;
    },
  });
  const error = t.throws(() => call([new Host(1)], n), {
    code: "ERR_DISPATCH_CONVERSION",
    message: /^converting .* failed: no room \(ERR_CARD_FULL\)$/,
  });
  t.is(error?.cause, thrown);
});

test("a failure of a converter that keeps nothing is not remembered", (t) => {
  let tries = 0;
  const { Host, call } = cardSystem({
    convert: () => {
      tries++;
      throw new Error("no room");
    },
  });
  const host = new Host(1);
  for (let i = 0; i < 2; i++) t.throws(() => call([host], n), { message: /^converting/ });
  t.is(tries, 2);
});

test("what was made of an object that nobody has is freed", async (t) => {
  const { Host, cards, call } = cardSystem({ cache: true });
  const { setFlagsFromString } = await import("node:v8");
  const { runInNewContext } = await import("node:vm");
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  (() => call([new Host(1)], n))();
  t.is(cards[0]!.disposed, 0);
  for (let i = 0; i < 200 && cards[0]!.disposed === 0; i++) {
    await delay(5);
    collect();
  }
  t.is(cards[0]!.disposed, 1);
});

test("an argument of the caller's own that an implementation gives back is not freed", (t) => {
  const { Host, Card: OwnCard, call } = cardSystem();
  const own = new OwnCard(7);
  const result = call([new Host(1), own], (_host, card) => card) as Host;
  t.is(result.n, 7);
  t.is(own.disposed, 0);
});

test("a kept value that a call gives back is freed once, though it was forgotten during the call", async (t) => {
  let version = 0;
  const { Host, cards, call } = cardSystem({ cache: () => version });
  const host = new Host(1);
  const slow = call([host], async (card) => delay(5, card)) as Promise<Host>;
  version = 1;
  call([host], n);
  t.is(cards[0]!.disposed, 0, "a call is using it");
  t.is((await slow).n, 1);
  t.deepEqual(
    cards.map(({ disposed }) => disposed),
    [1, 0],
  );
});

test("a kept value that one call gives to its caller is freed by no other call", async (t) => {
  const { Host, cards, types, call } = cardSystem({ cache: true });
  const host = new Host(1);
  const slow = call([host], async (card) => delay(5, card)) as Promise<Host>;
  const card = call([host], (same) => same, { type: types.card });
  t.is(card, cards[0]);
  await slow;
  t.is(cards[0]!.disposed, 0);
});

test("a kept value that was forgotten during the call is its caller's, if the call gives it", async (t) => {
  let version = 0;
  const { Host, cards, types, call } = cardSystem({ cache: () => version });
  const host = new Host(1);
  const slow = call([host], async (card) => delay(5, card), { type: types.card }) as Promise<Card>;
  version = 1;
  call([host], n);
  t.is(await slow, cards[0]!);
  t.is(cards[0]!.disposed, 0);
});

test("what a conversion is at work on stays whole, though the plain call could not wait for it", async (t) => {
  const { Host, cards, types, system } = cardSystem();
  class Remote {}
  const remote = `${types.card}Remote` as const;
  registerType(Remote, remote);
  let seen: number | undefined;
  registerConverter<Card, Remote>({
    from: types.card,
    to: remote,
    convert: async (card) => {
      await delay(5);
      seen = card.disposed;
      return new Remote();
    },
  });
  const send = system.dispatchable("send", { on: [0] }, (_host: Host): string => "default");
  system.registerBackend({ name: "remote", primary: [remote] }).implement(send, () => "remote");
  t.is(
    system.backend("remote", () => send(new Host(1))),
    "default",
  );
  t.is(cards[0]!.disposed, 0);
  await delay(20);
  t.is(seen, 0);
  t.is(cards[0]!.disposed, 1);
});
