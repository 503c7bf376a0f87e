// Copies of data: forbidden, counted, and reported when the same object is copied again.
import test from "ava";
import { type ConversionRecord, registerConverter } from "../../src/index.ts";
import { type Card, cardSystem, type Host, told } from "./card.ts";

const n = (card: Card): number => card.n;
const forbid = { copies: "forbid" } as const;
const warn = { copies: "warn" } as const;
const noCopy = { code: "ERR_DISPATCH_COPY" } as const;

/** The warnings of ours that `body` and what it starts emit. */
async function warningsOf(body: () => unknown): Promise<(Error & { code?: string })[]> {
  const warnings: (Error & { code?: string })[] = [];
  const listen = (warning: Error): void => {
    if (warning.name === "TagswitchWarning") warnings.push(warning);
  };
  process.on("warning", listen);
  await body();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", listen);
  return warnings;
}

test("forbidden: a conversion that copies is an error that says what and what to do, and nothing is converted", (t) => {
  const { Host, cards, refusal, call } = cardSystem();
  const values = [new Host(1)];
  t.is(refusal(values, forbid), "", "it ends the call, and is no refusal");
  const error = t.throws(() => call(values, n, forbid), noCopy);
  t.regex(error!.message, /^same on backend "card" would copy a cards-\d+:Host to a cards-\d+:Card, and copies are/);
  t.regex(error!.message, /convert it before the call, choose a backend that takes it as it is, or allow copies/);
  t.is(cards.length, 0);
});

test("forbidden: what is kept already, and what is no copy, may be used", (t) => {
  const kept = cardSystem({ cache: true });
  const host = new kept.Host(1);
  kept.call([host], n);
  t.is(kept.call([host], n, forbid), 1);
  const view = cardSystem({ copies: false });
  t.is(view.call([new view.Host(2)], n, forbid), 2);
});

test("forbidden: a result is not copied back either, and what the call made is freed", (t) => {
  const { Host, Card: OwnCard, call } = cardSystem({ copies: false });
  const made = new OwnCard(5);
  const error = t.throws(() => call([new Host(1)], () => made, forbid), noCopy);
  t.regex(error!.message, /open the scope with \{ type: "cards-\d+:Card" \} to have results there/);
  t.is(made.disposed, 1);
});

test("forbidden: to write back is to copy, even from a kept value", (t) => {
  const { Host, call } = cardSystem({ cache: true, writeBack: () => t.fail() });
  const host = new Host(1);
  call([host], n);
  t.throws(() => call([host], () => t.fail(), { ...forbid, mutates: true }), noCopy);
});

test("forbidden: what was made of arguments before the one that cannot be converted is freed", (t) => {
  const { types, Host, cards, call } = cardSystem({ copies: false });
  const { types: others, Host: Other } = cardSystem();
  registerConverter<Host, Host>({ from: others.host, to: types.host, convert: ({ n: value }) => new Host(value) });
  t.throws(() => call([new Host(1), new Other(2)], n, forbid), noCopy);
  t.deepEqual(
    cards.map(({ disposed }) => disposed),
    [1],
  );
});

test("records count the copies of one object to one type; what is no copy counts as none", (t) => {
  const { Host, call } = cardSystem();
  const host = new Host(1);
  const log: ConversionRecord[] = [];
  call([host], n);
  for (let i = 0; i < 3; i++) call([host], n, { log });
  call([new Host(1)], n, { log });
  t.deepEqual(told(log), ["Card copy 1", "Card copy 2", "Card copy 3", "Card copy 1"]);
  const view = cardSystem({ copies: false });
  const views: ConversionRecord[] = [];
  view.call([new view.Host(1)], n, { log: views });
  t.deepEqual(told(views), ["Card copy 0"]);
  t.is(views[0]!.bytes, 0);
});

test("a number has no identity: each copy of it is the first", (t) => {
  const { types, Card: OwnCard, call } = cardSystem();
  registerConverter<number, Card>({
    from: "js:number",
    to: types.card,
    cache: true,
    convert: (value) => new OwnCard(value),
  });
  const log: ConversionRecord[] = [];
  t.is(
    call([3, 3], (a, b) => (a === b ? "one" : "two"), { log }),
    "two",
  );
  t.is(
    call([3], (a) => a.n, { log }),
    3,
  );
  t.deepEqual(told(log), ["Card copy 1", "Card copy 1", "Card copy 1"]);
});

test.serial("warn: the second copy of an object to a type is reported, once, at the caller's line", async (t) => {
  const { Host, call } = cardSystem();
  const host = new Host(1);
  const other = new Host(2);
  const warnings = await warningsOf(() => {
    for (let i = 0; i < 4; i++) call([host], n, warn);
    call([other], n, warn);
  });
  t.is(warnings.length, 1);
  t.is(warnings[0]!.code, "TAGSWITCH_COPIED_TWICE");
  t.regex(
    warnings[0]!.message,
    /^same copied the same cards-\d+:Host to cards-\d+:Card a second time at .*card\.ts:\d+:\d+; convert it once before/,
  );
  t.deepEqual(await warningsOf(() => call([host], n)), [], "only where it is asked for");
});

test.serial("warn: allowed copies of an object that has changed in between are no waste", async (t) => {
  const { Host, call, touch } = cardSystem();
  const host = new Host(1);
  const warnings = await warningsOf(() => {
    call([host], n, warn);
    touch(host);
    call([host], n, warn);
  });
  t.deepEqual(warnings, []);
});

test.serial("warn: kept values are copied again only at another version, and that is no waste", async (t) => {
  let version = 0;
  const { Host, call } = cardSystem({ cache: () => version });
  const host = new Host(1);
  const warnings = await warningsOf(() => {
    for (let i = 0; i < 4; i++, version += i % 2) call([host], n, warn);
  });
  t.deepEqual(warnings, []);
});

test.serial("warn: the line is the caller's after a wait, too", async (t) => {
  const cards = cardSystem({
    convert: async ({ n: value }) => {
      await Promise.resolve();
      return new cards.Card(value);
    },
  });
  const host = new cards.Host(1);
  const warnings = await warningsOf(async () => {
    for (let i = 0; i < 3; i++) await cards.callAsync([host], n, warn);
  });
  t.is(warnings.length, 1);
  t.regex(warnings[0]!.message, /a second time at .*__test__.*:\d+:\d+;/);
});
