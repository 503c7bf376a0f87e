import { setTimeout as delay } from "node:timers/promises";
import test from "ava";
import { DevicePoint, geometry, Point } from "./library.ts";

test("a scope puts a backend first, and converts there and back", (t) => {
  const { system, shift, who } = geometry();
  t.is(
    system.backend("device", () => who(new Point(0))),
    "device",
  );
  t.deepEqual(
    system.backend("device", () => shift(new Point(1))),
    new Point(2),
  );
  t.is(who(new Point(0)), "default");
});

test("a scope follows asynchronous work and nothing else", async (t) => {
  const { system, who } = geometry();
  const inside = system.backend("device", async () => {
    await delay(5);
    return who(new Point(0));
  });
  t.is(who(new Point(0)), "default");
  t.is(await inside, "device");
});

test("interleaved tasks keep their scopes", async (t) => {
  const { system, who } = geometry();
  const task = (name: string | undefined, i: number): Promise<string> => {
    const work = async (): Promise<string> => {
      await delay(i % 7);
      const first = who(new Point(0));
      await null;
      return `${first},${who(new Point(0))}`;
    };
    return name === undefined ? work() : system.backend(name, work);
  };
  const names = ["device", undefined, "default"];
  const results = await Promise.all(Array.from({ length: 1000 }, (_, i) => task(names[i % 3], i)));
  for (const [i, result] of results.entries()) t.is(result, i % 3 === 0 ? "device,device" : "default,default");
});

test("a scope ends with an error", async (t) => {
  const { system, who } = geometry();
  t.throws(() =>
    system.backend("device", () => {
      throw new Error("inside");
    }),
  );
  await t.throwsAsync(
    system.backend("device", async () => {
      await null;
      throw new Error("inside");
    }),
  );
  t.is(who(new Point(0)), "default");
});

test("disable holds against an outer prioritize, an inner prioritize re-enables", (t) => {
  const { system, who } = geometry();
  const inner = (options: object): string =>
    system.backend("device", () => system.backend(options, () => who(new Point(0))));
  t.is(inner({ disable: "device" }), "default");
  t.is(
    system.backend({ disable: ["device"] }, () => system.backend("device", () => who(new Point(0)))),
    "device",
  );
  t.throws(() => system.backend({ disable: ["default", "fast"] }, () => who(new Point(0))), {
    code: "ERR_DISPATCH_NO_IMPLEMENTATION",
    message: /default: disabled in this scope/,
  });
});

test("an exclusive scope allows no other", (t) => {
  const { system, shift, who } = geometry();
  t.is(
    system.backend({ exclusive: "device" }, () => who(new Point(0))),
    "device",
  );
  t.throws(() => system.backend({ exclusive: "fast" }, () => who(new Point(0))), { code: "ERR_DISPATCH_REFUSED" });
  t.deepEqual(
    system.backend({ exclusive: "fast" }, () => shift(new Point(0))),
    new Point(1),
  );
});

test("a disable ends an outer exclusive choice; a name said twice counts once", (t) => {
  const { system, who } = geometry();
  t.is(
    system.backend({ exclusive: "device" }, () => system.backend({ disable: "device" }, () => who(new Point(0)))),
    "default",
  );
  let asked = 0;
  system
    .registerBackend({ name: "asked", primary: ["geometry:Point"] })
    .implement(who, () => "asked", { shouldRun: () => `no, for the ${++asked}. time` });
  t.is(
    system.backend(["asked", "asked"], () => who(new Point(0))),
    "default",
  );
  t.is(asked, 1);
});

test("prioritized backends are tried in the order given", (t) => {
  const { system, who } = geometry();
  const second = system.registerBackend({ name: "second", primary: ["geometry:DevicePoint"] });
  second.implement(who, () => "second");
  t.is(
    system.backend(["second", "device"], () => who(new DevicePoint(0))),
    "second",
  );
  t.is(
    system.backend(["device", "second"], () => who(new DevicePoint(0))),
    "device",
  );
});

test("a scope of one system leaves others alone", (t) => {
  const [one, two] = [geometry(), geometry()];
  t.deepEqual(
    one.system.backend("device", () => [one.who(new Point(0)), two.who(new Point(0))]),
    ["device", "default"],
  );
});

test("shouldRun: first those that say yes, then those that would if needed", (t) => {
  const { system, who } = geometry();
  const decisions: Record<string, true | string> = {};
  for (const name of ["a", "b"]) {
    system
      .registerBackend({ name, primary: ["geometry:Point"], higherPriorityThan: ["default"] })
      .implement(who, () => name, { shouldRun: () => decisions[name]! });
  }
  const call = (a: true | string, b: true | string): string => {
    Object.assign(decisions, { a, b });
    return who(new Point(0));
  };
  t.is(call(true, true), "a");
  t.is(call("no", true), "b");
  t.is(call("ifNeeded", true), "b");
  t.is(call("no", "no"), "default");
  t.is(call("ifNeeded", "no"), "default");
  t.is(
    system.backend({ disable: "default" }, () => call("ifNeeded", "no")),
    "a",
  );
});

test("shouldRun is told about the call", (t) => {
  const { system, who } = geometry();
  const seen: unknown[] = [];
  system.registerBackend({ name: "curious", primary: ["geometry:Point"] }).implement(who, () => "curious", {
    shouldRun: (context, point) => {
      seen.push({ ...context, point });
      return true;
    },
  });
  const point = new Point(3);
  system.backend("curious", () => who(point));
  who(point, { backend: "curious" });
  system.backend({ type: Point, copies: "forbid" }, () => who(point, { backend: "curious" }));
  const common = {
    ...{ backend: "curious", function: "who", types: ["geometry:Point"], dispatchArguments: [point], point },
    ...{ prioritized: true, asynchronous: false, scopeType: undefined, copies: "allow" },
  };
  t.deepEqual(seen, [
    { ...common, forced: false },
    { ...common, forced: true },
    {
      ...{ ...common, types: ["geometry:Point", "geometry:Point"], forced: true },
      ...{ scopeType: "geometry:Point", copies: "forbid" },
    },
  ]);
});
