// Asynchronous calls that are given up: what is still begun, what is freed, and who hears of what goes wrong then.
import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import { createBackendSystem, defer } from "../../src/index.ts";
import { cardSystem } from "./card.ts";
import { Point } from "./library.ts";

let count = 0;
const point = new Point(1);

function library() {
  const system = createBackendSystem({
    name: `given-up-${count++}`,
    defaultTypes: ["geometry:Point"],
    discover: false,
  });
  const runs: string[] = [];
  const who = system.dispatchable("who", { on: [0] }, (_point: Point, _options?: { signal?: AbortSignal }): string => {
    runs.push("default");
    return "default";
  });
  const add = (initialize?: () => Promise<unknown>) =>
    system.registerBackend({
      ...{ name: "slow", primary: ["geometry:Point" as const], higherPriorityThan: ["default"] },
      ...(initialize && { initialize }),
    });
  return { who, add, runs };
}

for (const [how, start] of [
  ["succeeds", async () => sleep(5)],
  ["fails", async () => sleep(5).then(() => Promise.reject(new Error("no such device")))],
] as const) {
  test(`no other backend gets a call that was given up during a start, which ${how}`, async (t) => {
    const { who, add, runs } = library();
    add(start).implement(who, () => String(runs.push("slow")));
    const controller = new AbortController();
    const call = who.async(point, { signal: controller.signal });
    controller.abort(new Error("changed my mind"));
    await t.throwsAsync(call, { message: "changed my mind" });
    await sleep(20);
    t.deepEqual(runs, []);
  });
}

test("no other backend gets a call that was given up before it was deferred", async (t) => {
  const { who, add, runs } = library();
  add().implement(who, { async: async () => sleep(5).then(() => defer("too late")) }, { defers: true });
  const controller = new AbortController();
  const call = who.async(point, { signal: controller.signal });
  controller.abort(new Error("changed my mind"));
  await t.throwsAsync(call, { message: "changed my mind" });
  await sleep(20);
  t.deepEqual(runs, []);
});

test("a call that is given up while it begins rejects at once, too", async (t) => {
  const { who, add } = library();
  const controller = new AbortController();
  let finish!: () => void;
  add().implement(who, {
    async: async () => {
      controller.abort(new Error("changed my mind"));
      return new Promise<void>((resolve) => (finish = resolve));
    },
  });
  await t.throwsAsync(who.async(point, { signal: controller.signal }), { message: "changed my mind" });
  finish();
});

const dispose = (): never => {
  throw new Error("cannot be freed");
};

test.serial("what cannot be freed is a warning, and changes no call", async (t) => {
  const warnings: string[] = [];
  const listen = ({ message }: Error): void => void warnings.push(message);
  process.on("warning", listen);
  const { Host, call, callAsync } = cardSystem({ dispose });
  t.is(
    call([new Host(1)], (card) => card.n),
    1,
  );
  const fail = (): never => {
    throw new RangeError("mine");
  };
  t.throws(() => call([new Host(1)], fail), { instanceOf: RangeError, message: "mine" });
  await t.throwsAsync(callAsync([new Host(1)], fail), { instanceOf: RangeError, message: "mine" });
  const controller = new AbortController();
  const { signal } = controller;
  const late = callAsync([new Host(1)], async () => sleep(5), { signal });
  controller.abort(new Error("changed my mind"));
  await t.throwsAsync(late, { message: "changed my mind" });
  await sleep(20);
  process.off("warning", listen);
  t.is(warnings.length, 4);
  t.regex(
    warnings[0]!,
    /^the converter from cards-\d+:Host to cards-\d+:Card could not dispose of a value: cannot be freed$/,
  );
});

test.serial("nor is it an unhandled rejection where a conversion comes too late", async (t) => {
  const warnings: string[] = [];
  const listen = ({ message }: Error): void => void warnings.push(message);
  process.on("warning", listen);
  const { Host, Card, callAsync } = cardSystem({ dispose, convert: async ({ n }) => sleep(5, new Card(n)) });
  const controller = new AbortController();
  const call = callAsync([new Host(1)], () => 1, { signal: controller.signal });
  controller.abort(new Error("changed my mind"));
  await t.throwsAsync(call, { message: "changed my mind" });
  await sleep(20);
  process.off("warning", listen);
  t.is(warnings.length, 1);
});
