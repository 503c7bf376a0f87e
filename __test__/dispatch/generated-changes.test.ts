// What was found out before a backend came does not outlive its registration.
import * as fc from "fast-check";
import test from "ava";
import { compare } from "./model/comparison.ts";
import { RICH } from "./model/generated.ts";
import { Library, makeTypes } from "./model/library.ts";
import { story } from "./model/property.ts";

process.removeAllListeners("warning");

test("a backend that comes later", (t) => {
  let compared = 0;
  const property = fc.property(story(RICH), ({ world, scopes, calls, form }) => {
    const last = world.backends.at(-1)!;
    const library = new Library({ ...world, backends: world.backends.slice(0, -1) }, makeTypes(world));
    for (const each of calls) compare(library, scopes, each, form);
    library.add(last);
    for (const each of calls) compare(library, scopes, each, form);
    compared += 2 * calls.length;
  });
  fc.assert(property, { numRuns: 150, seed: 20_261_122, includeErrorInReport: true });
  t.true(compared > 1000);
});
