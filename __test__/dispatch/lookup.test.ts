import test from "ava";
import { explain, lookup } from "../../src/index.ts";
import { DevicePoint, geometry, Point } from "./library.ts";

test("asking the resolver without calling leaves later calls right", (t) => {
  const { who } = geometry();
  const { dispatchable, resolve, resolver } = lookup(who);
  t.is(who(new Point(0)), "default");
  const tag = (new DevicePoint(0) as never as { [key: symbol]: number })[Symbol.for("tagswitch.tag")];
  // A class has its tag from its first call on.
  t.is(tag, undefined);
  explain(who, new DevicePoint(0));
  const known = (new DevicePoint(0) as never as { [key: symbol]: number })[Symbol.for("tagswitch.tag")]!;
  const slot = resolve(dispatchable, 0, known);
  t.is(resolver.resolve(dispatchable, 0, [known]), slot);
  for (let i = 0; i < 3; i++) t.is(who(new DevicePoint(0)), "device");
});

test("the table cannot be replaced from outside", (t) => {
  t.deepEqual(Object.keys(lookup(geometry().who).resolver), ["resolve"]);
  t.false("replaceTable" in lookup(geometry().who).resolver);
});

test("numbers that were never given out are errors with a code", (t) => {
  const { who } = geometry();
  const { dispatchable, resolve } = lookup(who);
  for (const args of [
    [dispatchable, 4294967295],
    [4294967295, 0],
    [dispatchable, 77_777, 1],
  ] as const) {
    const [of, scope, ...tags] = args;
    t.throws(() => resolve(of, scope, ...tags), { code: "ERR_DISPATCH_INTERNAL" });
  }
  t.throws(() => resolve("a" as never, 0), { code: "ERR_DISPATCH_ARGUMENT" });
  t.is(who(new Point(0)), "default");
});
