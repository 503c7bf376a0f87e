// The property that generated calls of generated libraries do what the model says.
import { setImmediate } from "node:timers/promises";
import * as fc from "fast-check";
import { compare, type Form } from "./comparison.ts";
import { backends, call, type Kinds, scopes, universe } from "./generated.ts";
import { Library, makeTypes } from "./library.ts";
import type { ModelCall, ModelScope, World } from "./world.ts";

const UNIVERSES = 20;
const LIBRARIES = 20;
const CALLS = 5;
const RUNS = 10_500;

const form: fc.Arbitrary<Form> = fc.record({
  scope: fc.constantFrom("body", "wrapped", "block"),
  isInvoked: fc.boolean(),
});

/** A library with types of its own, and calls of it. */
interface Story {
  readonly world: World;
  readonly scopes: readonly ModelScope[];
  readonly calls: readonly ModelCall[];
  readonly form: Form;
}

/**
 * Makes some hundred libraries, and then calls of any of them: a registration clears what the dispatcher has found out.
 *
 * @returns the number of calls, each of which was explained, made three times and traced.
 */
export async function checkCalls(kinds: Kinds, seed: number): Promise<number> {
  const libraries = fc.sample(universe(kinds), { numRuns: UNIVERSES, seed }).flatMap((each, i) => {
    const types = makeTypes(each);
    const rest = fc.sample(backends(kinds), { numRuns: LIBRARIES, seed: seed + i });
    return rest.map((other) => new Library({ ...each, ...other }, types));
  });
  let compared = 0;
  const some = fc.array(call(kinds), { minLength: CALLS, maxLength: CALLS });
  const property = fc.asyncProperty(
    ...([fc.constantFrom(...libraries), scopes(kinds), some, form] as const),
    async (library, within, calls, how) => {
      // Lets the runner hear of the test meanwhile.
      if (compared % 1000 === 0) await setImmediate();
      for (const each of calls) compare(library, within, each, how);
      compared += calls.length;
    },
  );
  await fc.assert(property, { numRuns: RUNS, seed, includeErrorInReport: true });
  return compared;
}

/** For libraries that change, which are made for each run. */
export function story(kinds: Kinds): fc.Arbitrary<Story> {
  return fc.record({
    world: fc.tuple(universe(kinds), backends(kinds)).map(([types, rest]) => ({ ...types, ...rest })),
    scopes: scopes(kinds),
    calls: fc.array(call(kinds), { minLength: CALLS, maxLength: CALLS }),
    form,
  });
}
