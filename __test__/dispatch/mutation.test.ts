// Calls that change their arguments: what was changed in a converted argument comes back, what was kept is forgotten.
import test from "ava";
import { type ConversionRecord, registerConverter, registerType } from "../../src/index.ts";
import { type Card, cardSystem, type Host, told } from "./card.ts";

const writeBack = (card: Card, host: Host): void => void (host.n = card.n);
const increment = (card: Card): void => void card.n++;
const mutates = { mutates: true } as const;

test("S11: a call that changes a converted argument changes the original, and what was kept of it is forgotten", (t) => {
  const { Host, cards, call } = cardSystem({ cache: true, writeBack });
  const host = new Host(1);
  call([host], (card) => card.n);
  call([host], increment, mutates);
  t.is(host.n, 2);
  t.is(cards.length, 1, "the kept value served, as nobody else was using it");
  t.is(cards[0]!.disposed, 1);
  t.is(
    call([host], (card) => card.n),
    2,
  );
  t.is(cards.length, 2);
});

test("the trace shows what was written back", (t) => {
  const { Host, call } = cardSystem({ writeBack });
  const log: ConversionRecord[] = [];
  call([new Host(1)], increment, { ...mutates, log });
  t.deepEqual(told(log), ["Card copy 1", "Host copy 1"]);
  t.is(log[1]!.bytes, 8);
});

test("a call that throws changes nothing of the caller's, and what it half changed is not kept", (t) => {
  const { Host, cards, call } = cardSystem({ cache: true, writeBack });
  const host = new Host(1);
  call([host], (card) => card.n);
  const fail = (card: Card): never => {
    card.n = 99;
    throw new RangeError("mine");
  };
  t.throws(() => call([host], fail, mutates), { instanceOf: RangeError, message: "mine" });
  t.is(host.n, 1);
  t.is(cards[0]!.disposed, 1);
  t.is(
    call([host], (card) => card.n),
    1,
  );
});

test("a kept value that another call is using is left alone", async (t) => {
  const { Host, cards, call } = cardSystem({ cache: true, writeBack });
  const host = new Host(1);
  let goOn!: () => void;
  const waits = new Promise<void>((resolve) => (goOn = resolve));
  const reading = call([host], async (card) => {
    await waits;
    return [card.n, card.disposed];
  });
  call([host], increment, mutates);
  t.is(host.n, 2);
  goOn();
  t.deepEqual(await reading, [1, 0]);
  t.deepEqual(
    cards.map(({ disposed }) => disposed),
    [1, 1],
  );
});

test("without writeBack such a call is refused with the reason; calls that change nothing need none", (t) => {
  const { Host, Card: OwnCard, refusal } = cardSystem();
  const values = [new OwnCard(1), new Host(2)];
  const reason =
    /^the call changes a cards-\d+:Host, and the converter from cards-\d+:Host to cards-\d+:Card has no writeBack/;
  t.regex(refusal(values, mutates), reason);
  t.is(refusal(values), "");
  t.is(refusal([new OwnCard(1), undefined], mutates), "");
});

test("an object given twice is one object for the implementation too", (t) => {
  const { Host, call } = cardSystem({ cache: true, writeBack });
  const host = new Host(1);
  call([host], (card) => card.n);
  const addTo = (total: Card, other: Card): void => {
    total.n += other.n;
    t.is(total, other);
  };
  call([host, host], addTo, mutates);
  t.is(host.n, 2);
});

test("an implementation that gives back the argument it changed gives the caller's object", (t) => {
  const { Host, cards, call } = cardSystem({ writeBack });
  const host = new Host(1);
  const result = call(
    [host],
    (card) => {
      card.n++;
      return card;
    },
    mutates,
  );
  t.is(result, host);
  t.is(host.n, 2);
  t.is(cards[0]!.disposed, 1);
});

test("on a path of two steps changes come back by both, and what was kept in between is forgotten", (t) => {
  const steps: string[] = [];
  const far = cardSystem({
    cache: true,
    writeBack(card, host) {
      steps.push("card to host");
      host.n = card.n;
    },
  });
  class File {
    n = 1;
  }
  const file = `${far.types.host}File` as const;
  registerType(File, file);
  let reads = 0;
  registerConverter<File, Host>({
    from: file,
    to: far.types.host,
    cache: true,
    convert: ({ n }) => {
      reads++;
      return new far.Host(n);
    },
    writeBack(host, into) {
      steps.push("host to file");
      into.n = host.n;
    },
  });
  const original = new File();
  const log: ConversionRecord[] = [];
  for (let i = 0; i < 2; i++) far.call([original], (card) => card.n, { log });
  t.is(told(log).filter((line) => line.endsWith("cached")).length, 2);
  far.call([original], increment, mutates);
  t.deepEqual(steps, ["card to host", "host to file"]);
  t.is(original.n, 2);
  t.deepEqual([reads, far.cards.length], [1, 1]);
  t.is(
    far.call([original], (card) => card.n),
    2,
  );
  t.deepEqual([reads, far.cards.length], [2, 2]);
});

test("a writeBack that throws is a failed conversion in its own direction; what the call made is freed", (t) => {
  const { Host, cards, call } = cardSystem({
    writeBack: () => {
      throw new Error("read only");
    },
  });
  t.throws(() => call([new Host(1)], increment, mutates), {
    code: "ERR_DISPATCH_CONVERSION",
    message: /^converting cards-\d+:Card to cards-\d+:Host failed: read only$/,
  });
  t.is(cards[0]!.disposed, 1);
});

test("a writeBack that takes its time needs an asynchronous call", async (t) => {
  const { Host, call, callAsync } = cardSystem({
    writeBack: async (card, host) => {
      await Promise.resolve();
      host.n = card.n;
    },
  });
  t.throws(() => call([new Host(1)], increment, mutates), { message: /gave a promise; call change\.async\(…\)/ });
  const host = new Host(1);
  await callAsync([host], increment, mutates);
  t.is(host.n, 2);
});

test("what was kept of a list's elements is forgotten, though nothing was converted, and the list was emptied", (t) => {
  const { system, types, Host: OwnHost, cards } = cardSystem({ cache: true });
  const on = [[0, "*"]] as const;
  const sum = system.dispatchable("sum", { on, options: 1 }, (_hosts: Host[]) => -1);
  const drain = system.dispatchable("drain", { on, options: 1, mutates: [0] }, (hosts: Host[]): void => {
    for (const host of hosts.splice(0)) host.n++;
  });
  const adder = system.registerBackend({ name: "adder", primary: [types.card] });
  adder.implement(sum, (hosts) => hosts.reduce((total, { n }) => total + n, 0));
  const hosts = [new OwnHost(1), new OwnHost(2)];
  const added = (): number => system.backend("adder", () => sum(hosts));
  t.is(added(), 3);
  t.is(added(), 3);
  t.is(cards.length, 2);
  const [first, second] = hosts;
  drain(hosts);
  hosts.push(first!, second!);
  t.is(added(), 5);
});

test("what an extractor found inside of an argument comes back, too", (t) => {
  const { system, types, Host: OwnHost } = cardSystem({ writeBack });
  const add = system.dispatchable(
    "add",
    {
      on: ({ host }: { host: Host }) => [host],
      replace: ([holder], [host]) => [{ ...(holder as object), host }],
      options: 1,
      mutates: [0],
    },
    ({ host }: { host: Host }): void => void host.n++,
  );
  const adder = system.registerBackend({ name: "adder", primary: [types.card] });
  adder.implement(add, ({ host }) => void (host.n += 10));
  const holder = { host: new OwnHost(1) };
  add(holder);
  system.backend("adder", () => add(holder));
  t.is(holder.host.n, 12);
});
