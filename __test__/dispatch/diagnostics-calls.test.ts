// What a subscriber of the channel hears of calls.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { setTimeout as delay } from "node:timers/promises";
import test from "ava";
import type { CallRecord } from "../../src/index.ts";
import { geometry, Point } from "./library.ts";

test.serial(
  "calls are heard of when they end, those on the way before their caller, though the table had them",
  (t) => {
    const { system, who, shift } = geometry();
    const outer = system.dispatchable("outer", { on: [0] }, (point: Point): string => who(point));
    const point = new Point(1);
    for (let i = 0; i < 10; i++) outer(point);
    const heard: CallRecord[] = [];
    const listen = (call: unknown): void => void heard.push(call as CallRecord);
    subscribe("tagswitch:call", listen);
    outer(point);
    system.backend("device", () => shift(point));
    t.throws(() => who({} as never));
    unsubscribe("tagswitch:call", listen);
    outer(point);
    t.deepEqual(
      heard.map((call) => [call.function, call.backend, call.calls.map((inner) => inner.function)]),
      [
        ["who", "default", []],
        ["outer", "default", ["who"]],
        ["shift", "device", []],
        ["who", undefined, []],
      ],
    );
    t.is(heard[2]!.conversions.length, 2);
    t.true(heard[3]!.error instanceof Error);
  },
);

test.serial("an asynchronous call is heard of when it settles", async (t) => {
  const { system } = geometry();
  const later = system.dispatchable("later", { on: [0] }, async (_point: Point): Promise<number> => 1);
  const heard: string[] = [];
  const listen = (call: unknown): void => void heard.push((call as CallRecord).function);
  subscribe("tagswitch:call", listen);
  const promise = later(new Point(1));
  t.deepEqual(heard, []);
  await promise;
  await later.async(new Point(1));
  unsubscribe("tagswitch:call", listen);
  t.deepEqual(heard, ["later", "later"]);
});

test.serial("work that a call left running is not kept in the call's record once it has ended", async (t) => {
  const { system, who } = geometry();
  const point = new Point(1);
  let timer: NodeJS.Timeout | undefined;
  const ticks: string[] = [];
  const start = system.dispatchable("start", { on: [0] }, (_point: Point): void => {
    timer = setInterval(() => ticks.push(who(point)), 1);
  });
  const heard: CallRecord[] = [];
  const listen = (call: unknown): void => void heard.push(call as CallRecord);
  subscribe("tagswitch:call", listen);
  start(point);
  while (ticks.length < 2) await delay(1);
  unsubscribe("tagswitch:call", listen);
  while (ticks.length < 5) await delay(1);
  clearInterval(timer);
  t.deepEqual(heard[0]!.calls, []);
  t.deepEqual([...new Set(heard.map((call) => call.function))], ["start", "who"], "heard of by itself");
});
