// What a chosen backend makes where the call asks for a type that it does not make.
import test from "ava";
import { explain, invoke, registerConverter, registerType, trace } from "../../src/index.ts";
import { DevicePoint, geometry, Point } from "./library.ts";

test("what a chosen backend makes becomes what the call asks for", (t) => {
  const { system } = geometry();
  const make = system.dispatchable("make", { on: [], options: 0 }, (_options?: object): object => new Point(1));
  const given = { like: new DevicePoint(2), backend: "default" };
  for (let repeat = 0; repeat < 2; repeat++) {
    t.deepEqual(make(given), new DevicePoint(1));
    t.deepEqual(invoke(make, "default")({ like: new DevicePoint(2) }), new DevicePoint(1));
    const scope = { exclusive: "default", type: DevicePoint } as const;
    t.deepEqual(
      system.backend(scope, () => make()),
      new DevicePoint(1),
    );
    t.deepEqual(make({ backend: "default", like: new Point(2) }), new Point(1));
    t.deepEqual(make({ backend: "default" }), new Point(1));
  }
  const { calls } = trace(() => make(given));
  t.like(calls[0]!.conversions[0], { from: "geometry:Point", to: "geometry:DevicePoint" });
  t.deepEqual(calls[0]!.conversions.length, 1);
  t.is(
    explain(make, given).considered.find(({ verdict }) => verdict === "runs")!.reason,
    "before converting the result",
  );
});

test("a chosen backend is refused where what it makes cannot become what the call asks for", (t) => {
  const { system } = geometry();
  const make = system.dispatchable("make", { on: [], options: 0 }, (_options?: object): object => new Point(1));
  class Source {}
  registerType(Source, "creation:Source");
  registerConverter({ from: "creation:Source", to: "geometry:Point", convert: () => new Point(2) });
  const given = { like: new Source(), backend: "default" };
  t.throws(() => make(given), {
    code: "ERR_DISPATCH_REFUSED",
    message: /makes a geometry:Point, and no conversion leads from there to creation:Source$/,
  });
  t.is(explain(make, given).backend, undefined);
});

test("to be like a value of a class without an identifier is to be of the type that it counts as", (t) => {
  const { system } = geometry();
  const make = system.dispatchable("make", { on: [], options: 0 }, (_options?: object): object => new Point(1));
  class Special extends DevicePoint {}
  const given = { like: new Special(2), backend: "default" };
  t.deepEqual(make(given), new DevicePoint(1));
  system.registerBackend({ name: "exact", primary: [{ type: "geometry:DevicePoint", exact: true }] });
  t.deepEqual(make(given), new DevicePoint(1));
});
