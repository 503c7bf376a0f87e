// Generated backends, choices and calls: explain says who runs, plain calls and asynchronous ones, traced and not.
import * as fc from "fast-check";
import test from "ava";
import {
  type BackendChoice,
  createBackendSystem,
  type DispatchContext,
  DispatchError,
  explain,
  registerConverter,
  registerType,
  trace,
} from "../../src/index.ts";

const RUNS = 300;
const TYPES = ["explanation:A", "explanation:B", "explanation:C"] as const;
const CLASSES = TYPES.map((type) => {
  const made = class {};
  registerType(made, type);
  return made;
});
for (const [from, to] of [
  [0, 1],
  [1, 0],
  [1, 2],
] as const) {
  registerConverter({ from: TYPES[from]!, to: TYPES[to]!, convert: () => new CLASSES[to]!() });
}

const DECISIONS = {
  always: undefined,
  yes: () => true as const,
  ifNeeded: () => "ifNeeded" as const,
  no: () => "no",
  prioritized: ({ prioritized }: DispatchContext) => prioritized || "was not put first",
  asynchronous: ({ asynchronous }: DispatchContext) => asynchronous || "takes long",
};

const someTypes = (minLength: number) => fc.uniqueArray(fc.constantFrom(...TYPES), { minLength, maxLength: 2 });
const backend = fc.record({
  primary: someTypes(1),
  secondary: someTypes(0),
  forms: fc.constantFrom("sync", "async", "both"),
  decision: fc.constantFrom(...(Object.keys(DECISIONS) as (keyof typeof DECISIONS)[])),
  start: fc.constantFrom(undefined, undefined, "succeeds", "fails"),
  ...{ hasOption: fc.boolean(), optIn: fc.boolean(), first: fc.boolean() },
});
const choice = fc.constantFrom<BackendChoice[]>(
  ...["b0", ["b1", "b0"], { disable: "b0" }, { disable: "default" }, { exclusive: "b0" }],
  ...[{ type: TYPES[1] }, { prioritize: { who: "b1" } }, []],
);
const options = fc.constantFrom(undefined, undefined, { chunks: 1 }, { backend: "b0" }, { backend: "default" });
const call = fc.record({
  ...{ types: fc.array(fc.constantFrom(0, 1, 2), { maxLength: 2 }), isList: fc.boolean(), choice, options },
});
const model = fc.record({
  backends: fc.array(backend, { minLength: 2, maxLength: 4 }),
  fallback: fc.constantFrom("own" as const, "convert" as const, "raise" as const),
  defaultTypes: fc.constantFrom([TYPES[0]], [TYPES[1], TYPES[2]]),
  calls: fc.array(call, { minLength: 1, maxLength: 6 }),
});

let count = 0;

test("explain says who runs, and so do traces", async (t) => {
  const property = fc.asyncProperty(model, async ({ calls, ...declared }) => {
    const { system, who } = build(declared);
    for (const { types, isList, choice: chosen, options: given } of calls) {
      const values = types.map((type) => new CLASSES[type]!());
      const args = [isList ? values : values[0], isList ? undefined : values[1], given] as const;
      const within = <R>(body: () => R): R => system.backend(chosen, body);
      // A start that fails for the first time cannot be known before.
      await within(async () => runner(async () => who.async(...args)));
      for (let repeat = 0; repeat < 2; repeat++) {
        const plain = within(() => explain(who, ...args).backend);
        t.is(await within(async () => runner(() => who(...args))), plain);
        t.is(await within(async () => runner(() => trace(() => who(...args)).calls[0]!.backend)), plain);
        const later = within(() => explain(who.async, ...args).backend);
        t.is(await within(async () => runner(async () => who.async(...args))), later);
        const traced = async () => (await trace(async () => who.async(...args))).calls[0]!.backend;
        t.is(await within(async () => runner(traced)), later);
        const serveBoth = declared.backends.every(
          ({ forms, decision, start }) => forms !== "async" && decision !== "asynchronous" && start === undefined,
        );
        if (serveBoth) t.is(plain, later);
      }
    }
  });
  await fc.assert(property, { numRuns: RUNS, seed: 20_261_122 });
});

/** Who runs; `undefined` where nobody does. */
async function runner(body: () => unknown): Promise<unknown> {
  try {
    return await body();
  } catch (error) {
    const codes = ["ERR_DISPATCH_NO_IMPLEMENTATION", "ERR_DISPATCH_REFUSED"];
    if (error instanceof DispatchError && codes.includes(error.code)) return undefined;
    throw error;
  }
}

type Declared = Omit<typeof model extends fc.Arbitrary<infer M> ? M : never, "calls">;

function build({ backends, fallback, defaultTypes }: Declared) {
  const system = createBackendSystem({ name: `explanation-${count++}`, fallback, defaultTypes, discover: false });
  const who = system.dispatchable(
    "who",
    { on: [[0, "*"], 1], options: 2 },
    (_values: unknown, _other?: unknown, _options?: { backend?: string; chunks?: number }): string => "default",
  );
  for (const [i, { primary, secondary, forms, decision, start, hasOption, optIn, first }] of backends.entries()) {
    const name = `b${i}`;
    const added = system.registerBackend({
      ...{ name, primary, secondary: secondary.filter((type) => !primary.includes(type)), optIn },
      ...(first && { higherPriorityThan: ["default"] }),
      ...(start && {
        initialize: async () => {
          if (start === "fails") throw new Error("no such device");
        },
      }),
    });
    const shouldRun = DECISIONS[decision];
    added.implement(
      who,
      {
        ...(forms !== "async" && { sync: () => name }),
        ...(forms !== "sync" && { async: async () => name }),
      },
      { ...(shouldRun && { shouldRun }), ...(hasOption && { options: { chunks: "how many" } }) },
    );
  }
  return { system, who };
}
