// Lists and objects that hold dispatch arguments, of which a backend that needs these converted gets copies.
import test from "ava";
import { type BackendSystem, createBackendSystem, registerConverter, registerType, trace } from "../../src/index.ts";

class Host {
  n: number;
  constructor(n: number) {
    this.n = n;
  }
}
class Card {
  n: number;
  disposed = false;
  constructor(n: number) {
    this.n = n;
  }
}
registerType(Host, "holders:Host");
registerType(Card, "holders:Card");
const convert = ({ n }: Host): Card => new Card(n);
const dispose = (card: Card): void => void (card.disposed = true);
const writeBack = (card: Card, host: Host): void => void (host.n = card.n);
registerConverter<Host, Card>({ from: "holders:Host", to: "holders:Card", convert, dispose, writeBack });
const disposedHosts: Host[] = [];
registerConverter<Card, Host>({
  ...{ from: "holders:Card", to: "holders:Host", convert: ({ n }) => new Host(n) },
  dispose: (host) => void disposedHosts.push(host),
});

type Either = Host | Card;
interface Job {
  own?: Either;
  parts: Either[];
  done?: boolean;
  [name: string]: unknown;
}

let count = 0;

function library<T>(
  on: readonly (readonly [number, ...string[]])[],
  mutates: readonly number[],
  run: (held: T, make: (n: number) => Either) => unknown,
): { system: BackendSystem; call: (held: T) => unknown } {
  const system = createBackendSystem({ name: `holders-${count++}`, defaultTypes: ["holders:Host"] });
  const made = system.dispatchable("run", { on, mutates }, (held: T) => run(held, (n) => new Host(n)));
  system
    .registerBackend({ name: "card", primary: ["holders:Card"] })
    .implement(made, (held) => run(held, (n) => new Card(n)));
  return { system, call: made };
}

const numbers = (list: readonly Either[]): number[] => list.map(({ n }) => n);

test("a list that a call sorts, grows and shortens is the caller's, its elements of the caller's type", (t) => {
  const run = (list: Either[], make: (n: number) => Either): Either[] => {
    list.sort((a, b) => a.n - b.n);
    list.pop();
    list[0]!.n = 10;
    list.push(make(7));
    return list;
  };
  const { system, call } = library<Either[]>([[0, "*"]], [0], run);
  for (const choice of ["default", "card"]) {
    const [three, one, two, four] = [3, 1, 2, 4].map((n) => new Host(n));
    const list: Either[] = [three!, one!, two!, four!];
    const result = system.backend(choice, () => call(list));
    t.is(result, list, choice);
    t.deepEqual(numbers(list), [10, 2, 3, 7]);
    t.deepEqual(list.slice(0, 3), [one!, two!, three!]);
    t.true(list.every((each) => each instanceof Host));
    t.is(list[0], one);
    t.false(disposedHosts.includes(list[3] as Host));
  }
  const short: Either[] = [new Host(2), new Host(1)];
  const { call: empty, system: other } = library<Either[]>([[0, "*"]], [0], (all) => void (all.length = 0));
  other.backend("card", () => empty(short));
  t.is(short.length, 0);
});

test("members that a call sets, deletes and replaces, in an object and in a list inside of it", (t) => {
  const on = [
    [0, "own"],
    [0, "parts", "*"],
  ] as const;
  const run = (job: Job, make: (n: number) => Either): void => {
    job.own = make(job.own!.n + 1);
    job.parts.reverse();
    job.done = true;
    delete job["draft"];
  };
  const { system, call } = library<Job>(on, [0], run);
  for (const choice of ["default", "card"]) {
    const parts = [new Host(1), new Host(2)];
    const job: Job = { own: new Host(5), parts, draft: "yes", kept: parts };
    system.backend(choice, () => call(job));
    t.deepEqual(Object.keys(job), ["own", "parts", "kept", "done"]);
    t.true(job.own instanceof Host);
    t.false(disposedHosts.includes(job.own as Host), "what it finds there is the caller's");
    t.deepEqual([job.own!.n, job.done, job["kept"]], [6, true, parts]);
    t.is(job.parts, parts);
    t.deepEqual(numbers(parts), [2, 1]);
  }
});

test("what a call does not change is not touched, though it is frozen; nor what it does not say it changes", (t) => {
  const { system, call } = library<readonly Either[]>([[0, "*"]], [0], (list) => void list[0]!.n++);
  const frozen = Object.freeze([new Host(1)]);
  system.backend("card", () => call(frozen));
  t.is(frozen[0]!.n, 2);
  const quiet = library<Either[]>([[0, "*"]], [], (list) => void list.sort((a, b) => b.n - a.n));
  const list = [new Host(1), new Host(2)];
  quiet.system.backend("card", () => quiet.call(list));
  t.deepEqual(numbers(list), [1, 2]);
});

test("an object with a class cannot be copied, and so the backend is refused", (t) => {
  class Options {
    readonly #secret = 3;
    own: Either;
    constructor(own: Either) {
      this.own = own;
    }
    get twice(): number {
      return this.own.n * 2 + this.#secret;
    }
  }
  const { system, call } = library<Options>([[0, "own"]], [], (held) => held.twice);
  t.is(
    system.backend("card", () => call(new Options(new Card(1)))),
    5,
  );
  const { calls, result } = trace(() => system.backend("card", () => call(new Options(new Host(1)))));
  t.is(result, 5);
  t.is(calls[0]!.backend, "default");
  t.regex(
    calls[0]!.considered[0]!.reason,
    /in an object of class Options would have to be converted, and only plain objects are copied/,
  );
  class Batch extends Array<Either> {
    total(): number {
      return numbers(this).reduce((sum, n) => sum + n, 0);
    }
  }
  const lists = library<Batch>([[0, "*"]], [], (list) => list.total());
  t.is(
    lists.system.backend("card", () => lists.call(Batch.of(new Host(1), new Host(2)) as Batch)),
    3,
  );
});
