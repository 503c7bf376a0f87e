// Universes, typed functions and arguments from a seed: the same ones for our `typed` and for typed-function.

/** What both libraries' universes offer of what is generated here. */
export interface Universe {
  (name: string, signatures: Record<string, (...args: unknown[]) => unknown>): (...args: unknown[]) => unknown;
  create(): Universe;
  addType(type: object, beforeObjectTest?: boolean): void;
  addTypes(types: object[], before?: string): void;
  addConversion(conversion: object): void;
}

export type Random = (below: number) => number;

/** Integers below a bound, the same for the same seed. */
export function randomFrom(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

export class Animal {}
export class Dog extends Animal {}
export class Poodle extends Dog {}
class Vector extends Array<number> {}
class Frozen {}
Object.freeze(Frozen.prototype);
function Legacy(): void {}
Legacy.prototype = { legacy: true };
/** Not by its name, which linters take for a mistake. */
const Boxed: abstract new () => object = Number;
class Stated {}
Object.defineProperty(Stated, Symbol.for("tagswitch.type"), { value: "typed-test:Stated" });

/** Types that a universe may have beside the built-in ones. `type` is for ours; typed-function passes over it. */
const ADDED: readonly object[] = [
  { name: "Animal", test: (x: unknown) => x instanceof Animal, type: Animal },
  { name: "Dog", test: (x: unknown) => x instanceof Dog, type: Dog },
  { name: "Vector", test: (x: unknown) => x instanceof Vector, type: Vector },
  { name: "Frozen", test: (x: unknown) => x instanceof Frozen, type: Frozen },
  { name: "Legacy", test: (x: unknown) => x instanceof Legacy, type: Legacy },
  { name: "Boxed", test: (x: unknown) => x instanceof Boxed, type: Boxed },
  { name: "Stated", test: (x: unknown) => x instanceof Stated, type: "typed-test:Stated" },
  { name: "Map", test: (x: unknown) => x instanceof Map, type: "js:Map" },
  { name: "bigint", test: (x: unknown) => typeof x === "bigint", type: "js:bigint" },
  { name: "odd", test: (x: unknown) => typeof x === "number" && x % 2 === 1 },
  { name: "short", test: (x: unknown) => typeof x === "string" && x.length < 3 },
  { name: "sized", test: (x: unknown) => (x as { length?: unknown } | null)?.length === 2 },
  { name: "anything", test: () => true },
];

const BUILT_IN = ["number", "string", "boolean", "Function", "Array", "Date", "RegExp", "Object", "null", "undefined"];

/** Values that types find hard to tell apart. */
export const VALUES: readonly unknown[] = [
  ...[0, 1, 2.5, "", "ab", "abc", true, null, undefined, 5n, Symbol("s")],
  ...[{}, { length: 2 }, { constructor: 5 }, Object.create(null), { constructor: Object }],
  ...[[], [1, 2], new Vector(), Object.create(Array.prototype), Object.assign([], { constructor: Object })],
  ...[() => 1, (a: unknown, b: unknown) => [a, b], class {}, Object.setPrototypeOf(() => 1, Animal.prototype)],
  ...[new Animal(), new Dog(), new Poodle(), new Frozen(), new (Legacy as unknown as new () => object)(), new Stated()],
  ...[Object.assign(new Dog(), { constructor: Object }), new Proxy(new Dog(), {}), new (class extends Stated {})()],
  ...[new Date(0), /x/, new Map(), Object.create(Date.prototype), new Number(5), new String("ab"), new Error("e")],
];

/** Lets both libraries make the same universe, and the same functions in it, or fail alike. */
export function generate(seed: number): {
  build: (universe: Universe) => (...args: unknown[]) => unknown;
  calls: unknown[][];
  description: string;
} {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const added = ADDED.filter(() => random(3) === 0);
  const before = added.map(() => random(4) > 0);
  const names = [...BUILT_IN, ...added.map((type) => (type as { name: string }).name)];
  // Few types in one function, so that signatures meet.
  const palette = Array.from({ length: 2 + random(5) }, () => pick(names));
  const conversions = Array.from({ length: random(4) }, (_, i) => ({
    from: pick(random(2) ? palette : names),
    to: pick(palette),
    convert: (value: unknown) => [`converted${i}`, value],
  }));
  const type = (): string =>
    random(8) === 0 ? "any" : random(5) === 0 ? `${pick(palette)}|${pick(palette)}` : pick(palette);
  const some = Array.from({ length: 1 + random(9) }, () => {
    const params = Array.from({ length: random(4) }, type);
    return random(5) === 0 ? [...params, `...${type()}`].join(", ") : params.join(",");
  });
  // So many that they are not asked in line, and no two in conflict.
  const types = [...new Set([...palette, ...names.slice(0, 5), "any"])];
  const pairs = types.flatMap((first) => types.filter(() => random(3) > 0).map((second) => `${first},${second}`));
  const signatures = random(3) === 0 ? [...new Set([...pairs, "...", ...(random(2) ? ["any"] : palette)])] : some;
  const calls = Array.from({ length: 60 }, () => Array.from({ length: random(6) && random(5) }, () => pick(VALUES)));
  return {
    description: `seed ${seed}: ${signatures.join(" ; ")} with ${conversions.map(({ from, to }) => `${from}→${to}`).join()}`,
    calls,
    build(typed) {
      const universe = typed.create();
      added.forEach((definition, i) => universe.addType(definition, before[i]));
      for (const conversion of conversions) {
        try {
          universe.addConversion(conversion);
        } catch {
          // To itself, or twice: both libraries say so, as other tests hold.
        }
      }
      return universe(
        "generated",
        Object.fromEntries(signatures.map((signature) => [signature, (...args: unknown[]) => [signature, ...args]])),
      );
    },
  };
}
