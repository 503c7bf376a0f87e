// So many types that the table, whose size has a limit, holds few states.
import test from "ava";
import { createBackendSystem, explain, registerType, trace } from "../../src/index.ts";

test("a call of more types than the table has rows for is answered without it", (t) => {
  const types = Array.from({ length: 4200 }, (_, i) => {
    const type = class {};
    registerType(type, `crowd:T${i}`);
    return type;
  });
  const system = createBackendSystem({ name: "crowd", defaultTypes: ["crowd:Nothing"], discover: false });
  const who = system.dispatchable("who", { on: [[0, "*"]] }, (_list: readonly object[]): string => "default");
  const crowd = system.registerBackend({ name: "crowd", primary: types.map((_, i) => `crowd:T${i}` as const) });
  crowd.implement(who, () => "crowd");
  const list = types.map((type) => new type());
  for (let repeat = 0; repeat < 2; repeat++) {
    t.is(who(list), "crowd");
    t.is(who(list.slice(0, 2)), "crowd");
    t.throws(() => who([new Date()]), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  }
  t.is(explain(who, list).backend, "crowd");
  t.is(trace(() => who(list)).result, "crowd");
});
