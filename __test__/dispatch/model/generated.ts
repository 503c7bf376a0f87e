// Generated libraries, scopes and calls.
import * as fc from "fast-check";
import {
  type ModelAnswer,
  type ModelBackend,
  type ModelCall,
  type ModelClass,
  type ModelConversion,
  type ModelFunction,
  type ModelPattern,
  type ModelScope,
  SHAPED,
  type Universe,
  type World,
} from "./world.ts";

/** Arguments one by one, in a list and an object, found by a function, one alone, and none. */
export const FUNCTIONS: readonly ModelFunction[] = [
  { name: "group.pair", group: "group", creates: false },
  { name: "group.list", group: "group", creates: false },
  { name: "found", group: undefined, creates: false },
  { name: "single", group: undefined, creates: false },
  { name: "made", group: undefined, creates: true },
];
const ARGUMENTS: Readonly<Record<string, number>> = { "group.pair": 2, "group.list": 4, found: 3, single: 1, made: 0 };
const NAMES = ["default", "b1", "b2", "b3", "b4"] as const;
/** Classes that no backend names, and numbers. */
const OTHERS = ["X", "number"];

/** How rich the types of generated libraries are. */
export interface Kinds {
  /** Classes that have an identifier, beside others if the types are rich. */
  readonly named: readonly string[];
  readonly isRich: boolean;
}

/** Two classes with identifiers. */
export const PLAIN: Kinds = { named: ["A", "B"], isRich: false };
/** Classes that extend others, with and without identifiers of their own; patterns of each reach. */
export const RICH: Kinds = { named: ["A", "B", "C", "D", "E"], isRich: true };

const often = fc.boolean();
const seldom = fc.nat(5).map((n) => n === 0);
const someNames = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 });
const fewNames: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: someNames },
);

/** Types that several libraries share. */
export function universe(kinds: Kinds): fc.Arbitrary<Universe> {
  return fc.record({ classes: classes(kinds), conversions: conversions(kinds) });
}

/** What else there is to a library. */
export function backends(kinds: Kinds): fc.Arbitrary<Omit<World, keyof Universe>> {
  return fc.record({
    functions: fc.constant(FUNCTIONS),
    backends: fc.tuple(...NAMES.map((name) => backend(name, kinds))),
    environment: environment(),
    fallback: fc.constantFrom("own", "convert", "raise"),
  });
}

/** Scopes, the outermost first. */
export function scopes(kinds: Kinds): fc.Arbitrary<ModelScope[]> {
  const targeted = fc.dictionary(fc.constantFrom("group", ...FUNCTIONS.map(({ name }) => name)), someNames, {
    ...{ maxKeys: 3, noNullPrototype: true },
  });
  const written = fc.record({
    prioritize: fc.oneof(fewNames, someNames, targeted),
    disable: fewNames,
    exclusive: option(fc.constantFrom(...NAMES), 6),
    // A type that nobody makes among them.
    type: option(fc.constantFrom(...kinds.named.slice(0, 3), "Nobody's"), 6),
  });
  // What contradicts itself is refused.
  const scope = written.map(({ disable, ...rest }): ModelScope => {
    const { prioritize, exclusive } = rest;
    const first = new Set(Object.values(prioritize).flat());
    return { ...rest, disable: disable.filter((name) => name !== exclusive && !first.has(name)) };
  });
  return fc.array(scope, { maxLength: 3 });
}

/** A call in whatever scopes there are. */
export function call(kinds: Kinds): fc.Arbitrary<ModelCall> {
  const type = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...kinds.named) },
    { weight: 1, arbitrary: fc.constantFrom(...OTHERS) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, null) },
  );
  return fc.constantFrom(...FUNCTIONS).chain(({ name }) =>
    fc.record({
      function: fc.constant(name),
      args: fc.array(type, { minLength: Math.min(1, ARGUMENTS[name]!), maxLength: ARGUMENTS[name]! }),
      backend: option(fc.constantFrom(...NAMES), 5),
      like: option(fc.constantFrom(...kinds.named, "X"), name === "made" ? 2 : 4),
      chunks: option(fc.constant(1), 8),
    }),
  );
}

/** `undefined` but once in some times. */
function option<T>(arbitrary: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

function classes({ named, isRich }: Kinds): fc.Arbitrary<ModelClass[]> {
  const parents: Readonly<Record<string, readonly (string | undefined)[]>> = {
    C: [undefined, "A"],
    D: ["A", "B", "C"],
    E: ["C", "D", "X"],
  };
  const all = [...named, ...OTHERS].map((name) =>
    fc.record({
      name: fc.constant(name),
      parent: fc.constantFrom(...(parents[name] ?? [undefined])),
      hasIdentifier: "DE".includes(name) ? often : fc.constant(name !== "X"),
      isShaped: isRich && name !== "number" ? often : fc.constant(false),
    }),
  );
  return fc.tuple(...all);
}

function conversions({ named }: Kinds): fc.Arbitrary<Universe["conversions"]> {
  // Classes that may have no identifier have no conversions, and numbers none that other libraries would share.
  const types = named.slice(0, 3);
  const all = types.flatMap((from) => types.filter((to) => to !== from).map((to) => ({ from, to })));
  const withCost = (pair: (typeof all)[number]): fc.Arbitrary<ModelConversion> =>
    fc.integer({ min: 1, max: 3 }).map((cost) => ({ ...pair, cost }));
  return fc.subarray(all, { minLength: 1 }).chain((some) => fc.tuple(...some.map(withCost)));
}

function backend(name: string, { named, isRich }: Kinds): fc.Arbitrary<ModelBackend> {
  const plain: fc.Arbitrary<ModelPattern> = fc.record({
    type: fc.constantFrom(...named, "number"),
    reach: isRich ? fc.constantFrom("class", "class", "exact", "subclasses") : fc.constant("class"),
  });
  const shaped: ModelPattern = { type: SHAPED, reach: "structural" };
  const pattern = isRich
    ? fc.oneof({ weight: 6, arbitrary: plain }, { weight: 1, arbitrary: fc.constant(shaped) })
    : plain;
  const primary = fc.array(pattern, { minLength: 1, maxLength: 2 });
  const isOwn = name === "default";
  const others = fc.uniqueArray(fc.constantFrom(...NAMES.filter((other) => other !== name)), { maxLength: 1 });
  const functions = FUNCTIONS.map((each) => each.name);
  return fc.record({
    name: fc.constant(name),
    primary: isOwn ? option(primary, 2) : primary,
    secondary: isOwn ? fc.constant([]) : fc.array(pattern, { maxLength: 2 }),
    before: isOwn ? fc.constant([]) : others,
    after: isOwn ? fc.constant([]) : fc.oneof(fc.constant([]), others),
    optIn: isOwn ? fc.constant(false) : seldom,
    implements: isOwn ? fc.constant(functions) : fc.subarray(functions, { minLength: 2 }),
    answer: isOwn ? fc.constant(undefined) : fc.constantFrom(...ANSWERS),
    defers: isOwn ? fc.constant(false) : seldom,
    hasOption: isOwn ? fc.constant(false) : seldom,
  });
}

const ANSWERS: readonly ModelAnswer[] = [
  ...([undefined, undefined, "yes", "ifNeeded", "ifNeeded"] as const),
  ...(["no", "refuse", "prioritized", "forced"] as const),
];

function environment(): fc.Arbitrary<World["environment"]> {
  const rarely = <T>(arbitrary: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
    fc.oneof({ weight: 5, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary });
  // Pairs of one list's order, so that none closes a circle: that is a warning.
  const order = fc
    .tuple(fc.shuffledSubarray([...NAMES], { minLength: 2 }), fc.nat(2))
    .map(([names, skip]) =>
      names
        .slice(0, -1)
        .map((before, i) => [before, names[Math.min(i + 1 + skip, names.length - 1)]!] as [string, string]),
    );
  return fc.record({
    prioritize: rarely(someNames),
    block: rarely(fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 1 })),
    order: rarely(order),
    functions: fc.oneof(
      { weight: 5, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.dictionary(fc.constantFrom("group", "group.list", "single", "made"), someNames, {
          maxKeys: 2,
          noNullPrototype: true,
        }),
      },
    ),
  });
}
