// The same with types of all kinds: subclasses with and without identifiers, direct instances, structural types.
import test from "ava";
import { RICH } from "./model/generated.ts";
import { checkCalls } from "./model/property.ts";

// Names of backends whose place was impossible are warned of, where the environment has them.
process.removeAllListeners("warning");

test("generated types of arguments", async (t) => {
  t.timeout(600_000, "some ten seconds, and more where others are at work");
  t.true((await checkCalls(RICH, 20_261_129)) > 50_000);
});
