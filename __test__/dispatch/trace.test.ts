import { execFileSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";
import test from "ava";
import { explain, trace } from "../../src/index.ts";
import { type DevicePoint, geometry, Point } from "./library.ts";
import { TYPESCRIPT } from "../typescript.ts";

test("a trace says who ran, who was refused and why, what was converted", (t) => {
  const { system, shift } = geometry();
  const { result, calls } = trace(() => system.backend("device", () => shift(new Point(1))));
  t.deepEqual(result, new Point(2));
  const [call] = calls;
  t.is(call!.function, "shift");
  t.is(call!.backend, "device");
  t.deepEqual(call!.types, ["geometry:Point"]);
  t.deepEqual(call!.considered, [
    { backend: "device", verdict: "ran", reason: "" },
    { backend: "fast", verdict: "not reached", reason: "" },
    { backend: "default", verdict: "not reached", reason: "" },
  ]);
  t.deepEqual(
    call!.conversions.map(({ from, to, bytes }) => ({ from, to, bytes })),
    [
      { from: "geometry:Point", to: "geometry:DevicePoint", bytes: 8 },
      { from: "geometry:DevicePoint", to: "geometry:Point", bytes: 8 },
    ],
  );
  t.true(call!.milliseconds >= 0);
});

test("a trace sees calls that an untraced run would take from the table", (t) => {
  const { who } = geometry();
  for (let i = 0; i < 10; i++) who(new Point(0));
  const { calls } = trace(() => who(new Point(0)));
  t.is(calls.length, 1);
  t.is(
    calls[0]!.considered.find(({ backend }) => backend === "device")!.reason,
    "no argument is of its primary types (geometry:DevicePoint); prioritize it to convert",
  );
  t.is(trace(() => 5).calls.length, 0);
});

test("a trace follows asynchronous work and records failures", async (t) => {
  const { system, who } = geometry();
  const slow = system.dispatchable("slow", { on: [0] }, async (point: Point) => {
    await delay(20);
    return who(point);
  });
  const traced = await trace(() => slow(new Point(0)));
  t.is(traced.result, "default");
  t.is(traced.calls[0]!.function, "slow");
  t.true(traced.calls[0]!.milliseconds >= 15);
  t.is(traced.calls[0]!.calls[0]!.function, "who");

  let calls: readonly { error: unknown }[] = [];
  const failing = trace(() => {
    try {
      who({} as never);
    } catch {
      // recorded
    }
  });
  calls = failing.calls;
  t.truthy(calls[0]!.error);
});

test("a trace has the types that the arguments had when the call was made", (t) => {
  const { system } = geometry();
  const drain = system.dispatchable("drain", { on: [[0, "*"]], options: 1 }, (points: unknown[]): void => {
    points[0] = "gone";
  });
  const { calls } = trace(() => drain([new Point(1), new Point(2)]));
  t.deepEqual(calls[0]!.types, ["geometry:Point", "geometry:Point"]);
});

test("a trace around a trace has its calls too", (t) => {
  const { who } = geometry();
  const outer = trace(() => trace(() => who(new Point(0))).calls.length);
  t.is(outer.result, 1);
  t.deepEqual(
    outer.calls.map((call) => call.function),
    ["who"],
  );
});

test("a shouldRun that throws is in the trace", (t) => {
  const { system, who } = geometry();
  system
    .registerBackend({ name: "bad", primary: ["geometry:Point"], higherPriorityThan: ["default"] })
    .implement(who, () => "bad", {
      shouldRun: () => {
        throw new Error("oops");
      },
    });
  const { calls } = trace(() => t.throws(() => who(new Point(0))));
  t.regex(calls[0]!.considered.find(({ backend }) => backend === "bad")!.reason, /oops/);
});

test("a trace prints as a table", (t) => {
  const { system, shift } = geometry();
  const text = String(trace(() => system.backend("device", () => shift(new Point(1)))));
  t.regex(text, /shift/);
  t.regex(text, /device/);
  t.regex(text, /Point → DevicePoint 8 B/);
});

test("an explanation prints as a table, and shows as one", (t) => {
  const { who } = geometry();
  const explained = explain(who, new Point(1));
  t.regex(String(explained), /^who\(geometry:Point\)\n.*\n│ backend │ verdict/);
  t.is(inspect(explained), String(explained));
});

test("explain says what would run, without running it", (t) => {
  const { system, device, shift } = geometry();
  const never = system.dispatchable("never", { on: [0] }, (_point: Point | DevicePoint): void => t.fail());
  device.implement(never, () => t.fail());
  t.is(explain(never, new Point(0)).backend, "default");
  t.is(system.backend("device", () => explain(never, new Point(0))).backend, "device");
  const told = explain(shift, new Point(1));
  t.deepEqual(
    told.considered.map(({ backend, verdict }) => [backend, verdict]),
    [
      ["fast", "runs"],
      ["default", "not reached"],
      ["device", "refused"],
    ],
  );
  t.regex(String(told), /shift\(geometry:Point\)/);
  t.is(explain(shift, {} as never).backend, undefined);
});

test("a failed promise that nobody handles is told of, traced or not", (t) => {
  const script = `
    import { createBackendSystem, trace } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
    const system = createBackendSystem({ name: "unhandled", discover: false });
    const fail = system.dispatchable("fail", { on: [0] }, async () => { throw new Error("mine"); });
    process.on("unhandledRejection", ({ message }) => console.log("heard of", message));
    trace(() => void fail(1));
    trace(() => void fail(1).catch(() => {}));`;
  const flags = [TYPESCRIPT, "--input-type=module", "--eval", script];
  t.is(execFileSync(process.execPath, flags, { encoding: "utf8" }).trim(), "heard of mine");
});
