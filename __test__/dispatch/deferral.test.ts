// refuse() and defer(): a backend that leaves a call to the next one.
import test from "ava";
import {
  createBackendSystem,
  defer,
  explain,
  getImplementation,
  refuse,
  registerConverter,
  trace,
} from "../../src/index.ts";
import { DevicePoint, Point } from "./library.ts";

let count = 0;
const point = new Point(1);

function library() {
  const system = createBackendSystem({
    name: `deferral-${count++}`,
    defaultTypes: ["geometry:Point"],
    discover: false,
  });
  const who = system.dispatchable("who", { on: [0] }, (_point: Point, _options?: { backend?: string }) => "default");
  const add = (name: string) =>
    system.registerBackend({ name, primary: ["geometry:Point"], higherPriorityThan: ["default"] });
  return { system, who, add };
}

test("refuse is the same as answering with the reason, and may say ifNeeded in so many words", (t) => {
  const { who, add } = library();
  add("a").implement(who, () => "a", { shouldRun: () => refuse("ifNeeded") });
  add("b").implement(who, () => "b", { shouldRun: () => refuse("too small") });
  t.is(who(point), "default");
  t.deepEqual(
    explain(who, point).considered.map(({ reason }) => reason),
    ["ifNeeded", "too small", ""],
  );
  t.throws(() => refuse(""), { code: "ERR_DISPATCH_ARGUMENT" });
});

test("a deferred call goes to the next backend, with the reason in the trace", async (t) => {
  const { who, add } = library();
  add("a").implement(who, { sync: () => defer("not today"), async: async () => defer("nor later") }, { defers: true });
  add("b").implement(who, (): unknown => defer("nor me"), { defers: true });
  for (let repeat = 0; repeat < 2; repeat++) {
    t.is(who(point), "default");
    t.is(await who.async(point), "default");
  }
  const { calls } = trace(() => who(point));
  t.deepEqual(
    calls[0]!.considered.map(({ backend, verdict, reason }) => [backend, verdict, reason]),
    [
      ["a", "refused", "not today"],
      ["b", "refused", "nor me"],
      ["default", "ran", ""],
    ],
  );
});

test("a promise that rejects with a deferral defers a plain call too", async (t) => {
  const { who, add } = library();
  add("a").implement(who, async () => defer("later it turned out"), { defers: true });
  t.is(await (who(point) as unknown as Promise<string>), "default");
});

test("a chosen backend that defers is an error with its reason; so is the last one", (t) => {
  const { system, who, add } = library();
  add("a").implement(who, () => defer("not today"), { defers: true });
  t.throws(() => who(point, { backend: "a" }), { code: "ERR_DISPATCH_REFUSED", message: /not today/ });
  t.throws(() => system.backend({ disable: "default" }, () => who(point)), {
    code: "ERR_DISPATCH_NO_IMPLEMENTATION",
    message: /a: not today/,
  });
});

test("other errors propagate from an implementation that may defer", async (t) => {
  const { who, add } = library();
  const fail = (): never => {
    throw new RangeError("own");
  };
  add("a").implement(who, { sync: fail, async: async () => fail() }, { defers: true });
  t.throws(() => who(point), { instanceOf: RangeError });
  await t.throwsAsync(who.async(point), { instanceOf: RangeError });
});

test("an implementation that does not say so may not defer: the error says what to write", (t) => {
  const { who, add } = library();
  add("a").implement(who, () => defer("not today"));
  t.throws(() => who(point), { code: "ERR_DISPATCH_DEFERRED", message: /not today; .*defers: true/ });
  t.throws(() => trace(() => who(point)), { code: "ERR_DISPATCH_DEFERRED" });
  t.throws(() => getImplementation(who, "a")!(point), { code: "ERR_DISPATCH_DEFERRED" });
});

test("a backend that would run if needed goes before what the library's policy converts", (t) => {
  const system = createBackendSystem({
    name: `deferral-${count++}`,
    defaultTypes: ["geometry:Point"],
    fallback: "convert",
    discover: false,
  });
  const who = system.dispatchable("who", { on: [0] }, (_point: Point | DevicePoint) => "default");
  const reserve = system.registerBackend({ name: "reserve", primary: ["geometry:DevicePoint"] });
  let decision: "ifNeeded" | "no" = "ifNeeded";
  reserve.implement(who, () => "reserve", { shouldRun: () => decision });
  registerConverter<DevicePoint, Point>({
    from: "geometry:DevicePoint",
    to: "geometry:Point",
    convert: ({ x }) => new Point(x),
  });
  const value = new DevicePoint(1);
  t.is(who(value), "reserve");
  t.is(explain(who, value).backend, "reserve");
  decision = "no";
  t.is(who(value), "default");
  t.is(explain(who, value).backend, "default");
});
