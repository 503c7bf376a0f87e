// Converters of which some values are instances of a subclass without an identifier, where somebody tells these apart.
import test from "ava";
import { type BackendSystem, createBackendSystem, registerConverter, registerType, trace } from "../../src/index.ts";

class Host {}
class Card {}
class Fancy extends Card {}
class Chip {}
registerType(Host, "exact-conversion:Host");
registerType(Card, "exact-conversion:Card");
registerType(Chip, "exact-conversion:Chip");

const disposed: unknown[] = [];
registerConverter<Host, Card>({
  ...{ from: "exact-conversion:Host", to: "exact-conversion:Card" },
  ...{ convert: () => new Fancy(), cache: true, dispose: (card) => void disposed.push(card) },
});
registerConverter<Card, Host>({
  ...{ from: "exact-conversion:Card", to: "exact-conversion:Host", convert: () => new Host() },
});
registerConverter<Card, Chip>({
  ...{ from: "exact-conversion:Card", to: "exact-conversion:Chip", convert: () => new Chip() },
});
registerConverter<Chip, Card>({
  ...{ from: "exact-conversion:Chip", to: "exact-conversion:Card", convert: () => new Fancy() },
});

let count = 0;

/** A function that gives what `make` makes, on a backend for each of these types. */
function library(): { system: BackendSystem; made: (value: unknown, make?: unknown) => object } {
  const system = createBackendSystem({
    ...{ name: `exact-conversion-${count++}`, defaultTypes: ["exact-conversion:Host"] },
  });
  const run = (value: unknown, make?: unknown): object => (typeof make === "function" ? make() : value) as object;
  const made = system.dispatchable("made", { on: [0] }, run);
  for (const name of ["Card", "Chip"] as const) {
    system.registerBackend({ name, primary: [`exact-conversion:${name}`] }).implement(made, run);
  }
  return { system, made };
}

test("what converters make counts as their type, whether or not somebody tells direct instances apart", (t) => {
  const { system, made } = library();
  const host = new Host();
  const check = (): void => {
    // An argument and the result.
    t.true(system.backend("Card", () => made(host)) instanceof Host);
    t.true(system.backend({ prioritize: "Card", type: Card }, () => made(host)) instanceof Fancy);
    t.true(system.backend({ prioritize: "Card", type: Fancy }, () => made(host, () => new Card())) instanceof Card);
    t.true(system.backend("Card", () => made(host, () => new Fancy())) instanceof Host);
    t.deepEqual(
      system.backend("Card", () => made(host, () => [new Fancy(), 1])),
      [new Host(), 1],
    );
    // A step on the way.
    t.true(system.backend("Chip", () => made(host)) instanceof Host);
    t.true(system.backend("Chip", () => made(host, () => new Chip())) instanceof Host);
    // The caller's type.
    t.is(system.backend("Chip", () => made(new Fancy(), () => new Chip())).constructor, Fancy);
  };
  check();
  const other = createBackendSystem({
    ...{ name: `exact-conversion-${count++}`, defaultTypes: [{ type: "exact-conversion:Card", exact: true }] },
  });
  t.is(other.dispatchable("any", { on: [0] }, (_value: unknown) => 1)(new Card()), 1);
  check();
});

test("a backend of direct instances only refuses them, and that is not remembered of the conversion", (t) => {
  const { system, made } = library();
  system
    .registerBackend({ name: "strict", primary: [{ type: "exact-conversion:Card", exact: true }] })
    .implement(made, () => "strict");
  const host = new Host();
  t.throws(() => made(host, { backend: "strict" }), {
    code: "ERR_DISPATCH_CONVERSION",
    message: /the converter gave an unregistered Fancy, and backend "strict" takes direct instances only/,
  });
  const { calls } = trace(() => system.backend("Card", () => made(host)));
  t.is(calls[0]!.backend, "Card");
  t.is(system.backend("Card", () => made(host, () => new Card())).constructor, Host);
});
