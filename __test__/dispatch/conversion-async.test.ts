// Converters that take their time: in asynchronous calls they are waited for, in others they are an error.
import { setTimeout as delay } from "node:timers/promises";
import test from "ava";
import { type ConversionRecord, DispatchError } from "../../src/index.ts";
import { type Card, type CardSystem, cardSystem, type Host, told } from "./card.ts";

const n = (card: Card): number => card.n;

/** A system whose converter from hosts takes its time. */
function slow(options: Parameters<typeof cardSystem>[0] = {}): CardSystem {
  const made: CardSystem = cardSystem({
    convert: async ({ n: value }: Host) => {
      await delay(2);
      const card = new made.Card(value);
      made.cards.push(card);
      return card;
    },
    ...options,
  });
  return made;
}

test("an asynchronous call waits for arguments and for the way back", async (t) => {
  const made: CardSystem = cardSystem(
    { convert: async ({ n: value }) => new made.Card(value) },
    { convert: async ({ n: value }) => new made.Host(value) },
  );
  const result = await made.callAsync([new made.Host(1)], async (card) => new made.Card(card.n + 1));
  t.deepEqual(result, new made.Host(2));
});

test("a converter in both forms waits where that is possible, and else does it at once", async (t) => {
  const forms: string[] = [];
  const made: CardSystem = cardSystem(
    {},
    {
      convert: ({ n: value }) => (forms.push("at once"), new made.Host(value)),
      convertAsync: async ({ n: value }) => {
        await delay(1);
        forms.push("later");
        return new made.Host(value);
      },
    },
  );
  const run = (card: Card): Card => new made.Card(card.n + 1);
  t.deepEqual(made.call([new made.Host(1)], run), new made.Host(2));
  t.deepEqual(await made.callAsync([new made.Host(1)], run), new made.Host(2));
  t.deepEqual(await made.call([new made.Host(1)], async (card) => run(card)), new made.Host(2));
  t.deepEqual(forms, ["at once", "later", "later"]);
});

test("a converter that fails later has failed, whichever form it has", async (t) => {
  const made = cardSystem({}, { convertAsync: () => Promise.reject(new Error("lost")) });
  const call = made.callAsync([new made.Host(1)], (card) => new made.Card(card.n));
  await t.throwsAsync(call, { code: "ERR_DISPATCH_CONVERSION", message: /^converting .*: lost$/ });
  t.is(made.cards[0]!.disposed, 1);
});

test("a synchronous call fails, says what to call, and is no reason to refuse an asynchronous one", async (t) => {
  const { Host, cards, refusal, call, callAsync } = slow({ cache: true });
  const host = new Host(1);
  t.throws(() => call([host], n), { instanceOf: DispatchError, message: /gave a promise; call same\.async\(…\)/ });
  t.is(refusal([host]), "");
  await delay(20);
  t.is(cards[0]!.disposed, 1, "what came too late is freed");
  t.is(await callAsync([host], n), 1);
});

test("a promised result of a synchronous call may take its time on the way back", async (t) => {
  const made: CardSystem = cardSystem({}, { convert: async ({ n: value }) => new made.Host(value) });
  t.deepEqual(await made.call([new made.Host(1)], async (card) => card), new made.Host(1));
  t.throws(() => made.call([new made.Host(1)], (card) => card), { message: /call same\.async/ });
});

test("asynchronous calls that begin together share one conversion", async (t) => {
  const { Host, cards, callAsync } = slow({ cache: true });
  const host = new Host(1);
  const log: ConversionRecord[] = [];
  const results = await Promise.all([1, 2, 3].map(() => callAsync([host], n, { log })));
  t.deepEqual(results, [1, 1, 1]);
  t.is(cards.length, 1);
  t.deepEqual(told(log).sort(), ["Card cached", "Card cached", "Card copy 1"]);
});

test("a conversion under way when its object changes is not kept", async (t) => {
  const { Host, cards, callAsync, touch } = slow({ cache: true });
  const host = new Host(1);
  const first = callAsync([host], n);
  touch(host);
  host.n = 2;
  t.is(await callAsync([host], n), 2);
  await first;
  t.is(await callAsync([host], n), 2);
  t.is(cards.filter(({ disposed }) => disposed === 1).length, 1);
  t.is(cards.length, 2);
});

test("a rejection is a failed conversion, remembered where values are kept", async (t) => {
  const { Host, callAsync } = slow({ cache: true, convert: async () => Promise.reject(new Error("no room")) });
  const host = new Host(1);
  await t.throwsAsync(callAsync([host], n), { code: "ERR_DISPATCH_CONVERSION", message: /^converting .*: no room$/ });
  await t.throwsAsync(callAsync([host], n), { message: /remembered: .*: no room$/ });
});

test("a call that is given up while it converts frees all, and remembers no failure", async (t) => {
  const { Host, cards, refusal, callAsync } = slow({ cache: true });
  const host = new Host(1);
  const controller = new AbortController();
  const givenUp = callAsync([host], () => t.fail(), { signal: controller.signal });
  const reason = new Error("aborted");
  controller.abort(reason);
  t.is(await t.throwsAsync(givenUp), reason);
  while (cards[0]?.disposed !== 1) await delay(1);
  t.is(refusal([host]), "");
  t.is(cards[0]!.disposed, 1);
  t.is(await callAsync([host], n), 1);
});

test("a call that is given up while it runs frees its result and its arguments once that is done", async (t) => {
  const { Host, Card: OwnCard, cards, callAsync } = slow();
  const controller = new AbortController();
  const result = new OwnCard(2);
  const reason = new Error("aborted");
  const givenUp = callAsync(
    [new Host(1)],
    async (card) => {
      controller.abort(reason);
      await delay(5);
      t.is(card.disposed, 0);
      return result;
    },
    { signal: controller.signal },
  );
  t.is(await t.throwsAsync(givenUp), reason);
  while (cards[0]!.disposed === 0) await delay(1);
  t.deepEqual([result.disposed, cards[0]!.disposed], [1, 1]);
});

test("an implementation that rejects passes on its error, and what the call made is freed", async (t) => {
  const { Host, cards, callAsync } = slow();
  const error = new RangeError("mine");
  t.is(await t.throwsAsync(callAsync([new Host(1)], () => Promise.reject(error))), error);
  t.is(cards[0]!.disposed, 1);
});
