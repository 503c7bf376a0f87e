// Generated libraries, scopes and calls through the public doors: who runs is who the model says, explain says so
// beforehand, traced and untraced calls do the same, and again.
import * as fc from "fast-check";
import test from "ava";
import {
  type BackendSystem,
  createBackendSystem,
  DispatchError,
  explain,
  registerConverter,
  registerType,
  trace,
} from "../../src/index.ts";
import { type Model, type ModelBackend, modelOrder, modelRun, type ModelScope } from "./model.ts";

const RUNS = 200;
/** Calls of each generated library; with the model's in Rust, some hundred thousand calls a run. */
const CALLS = 30;

const TYPES = ["A", "B", "C", "D"] as const;
const NAMES = ["default", "b1", "b2", "b3", "b4"] as const;
const identifier = (universe: number, type: string): `${string}:${string}` => `properties-${universe}:${type}`;

const someTypes = fc.uniqueArray(fc.constantFrom(...TYPES), { maxLength: 3 });
const names = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 });
const otherNames = (name: string) => fc.constantFrom(...NAMES.filter((other) => other !== name));
const backend = (name: string): fc.Arbitrary<ModelBackend> =>
  fc.record({
    name: fc.constant(name),
    primary: fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 2 }),
    secondary: someTypes,
    before: name === "default" ? fc.constant([]) : fc.uniqueArray(otherNames(name), { maxLength: 1 }),
    optIn: name === "default" ? fc.constant(false) : fc.boolean(),
    answer: name === "default" ? fc.constant(undefined) : fc.constantFrom(undefined, true, "ifNeeded" as const, "no"),
    implements: name === "default" ? fc.constant(true) : fc.boolean(),
  }) as fc.Arbitrary<ModelBackend>;

const library = fc.record({
  backends: fc
    .tuple(...NAMES.map(backend))
    .map((all) => all.map((each) => (each.name === "default" ? { ...each, secondary: [] } : each))),
  conversions: fc.uniqueArray(fc.tuple(fc.constantFrom(...TYPES), fc.constantFrom(...TYPES)), {
    maxLength: 4,
    selector: ([from, to]) => `${from}${to}`,
  }),
});
const scope: fc.Arbitrary<ModelScope> = fc.record({ prioritize: names, disable: names });
const calls = fc.array(
  fc.record({
    scopes: fc.array(scope, { maxLength: 3 }),
    types: fc.array(fc.constantFrom(...TYPES, "X"), { maxLength: 3 }),
  }),
  { minLength: CALLS, maxLength: CALLS },
);

let universes = 0;

test("generated libraries, scopes and calls", (t) => {
  let compared = 0;
  const property = fc.property(library, calls, (model, asked) => {
    const real = build(model);
    if (real === undefined) return;
    const order = modelOrder(model)!;
    fc.pre(order !== undefined);
    t.deepEqual(real.system.backends, order);
    for (const { scopes, types: given } of asked) {
      const args = given.map((type) => real.values.get(type)!);
      const expected = modelRun(model, order, scopes, given);
      const within = (body: () => unknown): unknown => inScopes(real.system, scopes, body);
      const run = (): unknown => within(() => attempt(() => real.call(...args)));
      const results = [
        (within(() => explain(real.call, ...args)) as { backend: string | undefined }).backend,
        run(),
        run(),
        (within(() => trace(() => attempt(() => real.call(...args)))) as { result: unknown }).result,
        run(),
      ];
      compared += results.length;
      t.deepEqual(
        results,
        Array.from({ length: results.length }, () => expected?.name),
      );
      if (expected !== undefined) t.is(real.converted(), expected.converts);
    }
  });
  fc.assert(property, { numRuns: RUNS, seed: 20_261_122 });
  t.true(compared > RUNS * CALLS);
});

/** Who runs; `undefined` where nobody does. */
function attempt(call: () => string): string | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof DispatchError && error.code === "ERR_DISPATCH_NO_IMPLEMENTATION") return undefined;
    throw error;
  }
}

function inScopes(system: BackendSystem, scopes: readonly ModelScope[], body: () => unknown): unknown {
  const [outer, ...inner] = scopes;
  return outer === undefined ? body() : system.backend(outer, () => inScopes(system, inner, body));
}

/** The same library made of classes and functions; `undefined` where its declarations contradict one another. */
function build({ backends, conversions }: Model) {
  const universe = universes++;
  const classes = new Map<string, new () => object>([["X", class {}]]);
  for (const name of TYPES) {
    const type = class {};
    registerType(type, identifier(universe, name));
    classes.set(name, type);
  }
  const qualified = (given: readonly string[]) => given.map((type) => identifier(universe, type));
  for (const [from, to] of conversions) {
    const type = classes.get(to)!;
    registerConverter({ from: identifier(universe, from), to: identifier(universe, to), convert: () => new type() });
  }
  const [own, ...others] = backends;
  const system = createBackendSystem({
    ...{ name: `properties-${universe}`, defaultTypes: qualified(own!.primary), discover: false },
  });
  let given: unknown[] = [];
  const values = new Map([...classes].map(([name, type]) => [name, new type()]));
  const originals = new Set<unknown>(values.values());
  const call = system.dispatchable("f", { on: [0, 1, 2] }, (...args: unknown[]): string => {
    given = args;
    return "default";
  });
  for (const { name, primary, secondary, before, optIn, answer, implements: does } of others) {
    const types = { primary: qualified(primary), secondary: qualified(secondary) };
    let added;
    try {
      added = system.registerBackend({ name, ...types, higherPriorityThan: before, optIn });
    } catch (error) {
      if (error instanceof DispatchError && error.code === "ERR_DISPATCH_ORDER") return undefined;
      throw error;
    }
    const run = (...args: unknown[]): string => {
      given = args;
      return name;
    };
    if (does) added.implement(call, run, answer === undefined ? {} : { shouldRun: () => answer });
  }
  return { system, call, values, converted: () => given.some((value) => !originals.has(value)) };
}
