// Generated scopes, environments and calls through the public doors: who runs is who the model says, explain says so
// beforehand, traced and untraced calls do the same, and again.
import test from "ava";
import { PLAIN } from "./model/generated.ts";
import { checkCalls } from "./model/property.ts";

// Names of backends whose place was impossible are warned of, where the environment has them.
process.removeAllListeners("warning");

test("generated choices among backends", async (t) => {
  t.timeout(600_000, "some ten seconds, and more where others are at work");
  t.true((await checkCalls(PLAIN, 20_261_122)) > 50_000);
});
