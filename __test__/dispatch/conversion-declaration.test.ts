// What is said of a converter when it is registered, and converters that are loaded when they are first needed.
import test from "ava";
import { type Converter, registerConverter } from "../../src/index.ts";
import { registerLazyConverter } from "../../src/conversion/index.ts";
import { type Card, cardSystem, type Host } from "./card.ts";

const n = (card: Card): number => card.n;

/** Leaves the way from hosts to cards open. */
const ELSEWHERE = { from: "cards-elsewhere:Host" } as const;

for (const [member, wrong, expected] of [
  ["convert", undefined, /from "a:B" to "c:D" needs a convert function/],
  ["cost", -1, /has the cost -1; expected a whole number from 0 to 1000000/],
  ["cache", "always", /has "always" as cache; expected true or a function that gives a version/],
  ["cache", false, /has false as cache/],
  ["writeBack", 1, /has 1 as writeBack; expected a function/],
  ["dispose", {}, /as dispose; expected a function/],
  ["bytes", 8, /as bytes; expected a function/],
  ["copies", "no", /as copies; expected a boolean/],
] as const) {
  test(`a converter with ${member} ${JSON.stringify(wrong)} is an error when it is registered`, (t) => {
    const converter = { from: "a:B", to: "c:D", convert: () => 0, [member]: wrong } as unknown as Converter;
    t.throws(() => registerConverter(converter), { code: "ERR_DISPATCH_ARGUMENT", message: expected });
  });
}

test("a lazy converter is loaded when it is first needed, once, and its methods keep their object", (t) => {
  const { types, Host, Card: OwnCard, refusal, call } = cardSystem(ELSEWHERE);
  let loads = 0;
  class Code {
    readonly cache = true;
    #made = 0;
    convert({ n: value }: Host): Card {
      return new OwnCard(value + 10 * ++this.#made);
    }
  }
  registerLazyConverter({ from: types.host, to: types.card }, () => {
    loads++;
    return new Code() as Omit<Converter<unknown>, "from" | "to">;
  });
  const host = new Host(1);
  t.is(refusal([host], { mutates: true }), "");
  t.is(loads, 0, "to ask who would run loads nothing");
  t.deepEqual([call([host], n), call([host], n), call([new Host(1)], n)], [11, 11, 21]);
  t.is(loads, 1);
  t.regex(refusal([host], { mutates: true }), /has no writeBack/);
});

test("a lazy converter that cannot be loaded, or is none, is a failed conversion; loading is tried again", (t) => {
  const { types, Host, call } = cardSystem(ELSEWHERE);
  const loads: (() => Omit<Converter<unknown>, "from" | "to">)[] = [
    () => {
      throw new Error("no such module");
    },
    () => ({}) as never,
    () => undefined as never,
  ];
  registerLazyConverter({ from: types.host, to: types.card }, () => loads.shift()!());
  for (const reason of [/cannot be loaded: no such module/, /needs a convert function/, /needs a convert function/]) {
    t.throws(() => call([new Host(1)], n), { code: "ERR_DISPATCH_CONVERSION", message: reason });
  }
});

test("a converter replaces the one between its types, and what that one made is kept no longer", (t) => {
  const { types, Host, Card: OwnCard, call } = cardSystem(ELSEWHERE);
  const host = new Host(1);
  for (const by of [10, 20]) {
    registerConverter<Host, Card>({
      ...{ from: types.host, to: types.card, cache: true },
      convert: (value) => new OwnCard(value.n + by),
    });
    t.deepEqual([call([host], n), call([host], n)], [1 + by, 1 + by]);
  }
});
