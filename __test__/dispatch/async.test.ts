// The asynchronous form of a dispatchable, backends that start asynchronously, and cancellation.
import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import {
  type Backend,
  type BackendSystem,
  createBackendSystem,
  DispatchError,
  explain,
  trace,
} from "../../src/index.ts";
import { Point } from "./library.ts";

interface Options {
  backend?: string;
  signal?: AbortSignal;
}

let count = 0;

function library(): {
  system: BackendSystem;
  who: ReturnType<typeof dispatchable>;
  add: (name: string, initialize?: () => Promise<void>) => Backend;
} {
  const system = createBackendSystem({ name: `async-${count++}`, defaultTypes: ["geometry:Point"], discover: false });
  const who = dispatchable(system);
  const add = (name: string, initialize?: () => Promise<void>): Backend =>
    system.registerBackend({
      ...{ name, primary: ["geometry:Point" as const], higherPriorityThan: ["default"] },
      ...(initialize && { initialize }),
    });
  return { system, who, add };
}

const dispatchable = (system: BackendSystem) =>
  system.dispatchable("who", { on: [0] }, (_point: Point, options?: Options): string =>
    options?.signal === undefined ? "default" : "default saw the signal",
  );

const point = new Point(1);

test("an asynchronous implementation runs asynchronous calls, and plain ones are told why it does not", async (t) => {
  const { who, add } = library();
  add("later").implement(who, { async: async () => sleep(1, "later") });
  t.is(await who.async(point), "later");
  t.is(who(point), "default");
  t.is(who.async, who.async);
  t.is(who.async.name, "who.async");
  const { calls } = trace(() => who(point));
  t.regex(calls[0]!.considered[0]!.reason, /asynchronous only; call who.async/);
  t.throws(() => who(point, { backend: "later" }), { code: "ERR_DISPATCH_REFUSED", message: /who\.async/ });
  t.is(await who.async(point, { backend: "later" }), "later");
});

test("an implementation in both forms answers each call in its form; a synchronous one serves both", async (t) => {
  const { who, add } = library();
  const both = add("both");
  both.implement(who, { sync: () => "at once", async: async () => "later" });
  t.is(who(point), "at once");
  t.is(await who.async(point), "later");
  t.is(await who.async(point, { backend: "default" }), "default");
});

test("explain tells of both forms, and equals what runs", async (t) => {
  const { who, add } = library();
  add("later").implement(who, { async: async () => "later" });
  t.is(explain(who, point).backend, who(point));
  t.is(explain(who.async, point).backend, await who.async(point));
});

test("errors of an asynchronous call are in its promise, its arguments' too", async (t) => {
  const { who, add } = library();
  add("broken").implement(who, { async: async () => Promise.reject(new RangeError("own")) });
  await t.throwsAsync(who.async(point), { instanceOf: RangeError, message: "own" });
  await t.throwsAsync(who.async(5 as unknown as Point), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  await t.throwsAsync(who.async(point, { signal: 5 as unknown as AbortSignal }), { code: "ERR_DISPATCH_ARGUMENT" });
});

test("a backend starts once, before its first asynchronous call, after shouldRun agreed", async (t) => {
  const { system, who, add } = library();
  const events: string[] = [];
  const slow = add("slow", async () => {
    await sleep(5);
    events.push("started");
  });
  let agrees = false;
  slow.implement(
    who,
    { sync: () => "slow", async: async () => "slow, later" },
    { shouldRun: () => agrees || "not yet" },
  );
  t.is(await who.async(point), "default");
  t.deepEqual(events, []);
  agrees = true;
  t.is(who(point), "default");
  t.regex(explain(who, point).considered[0]!.reason, /starts asynchronously.*system\.ready\("slow"\)/);
  t.deepEqual(await Promise.all([who.async(point), who.async(point)]), ["slow, later", "slow, later"]);
  t.deepEqual(events, ["started"]);
  t.is(who(point), "slow");
  await system.ready("slow");
  t.deepEqual(events, ["started"]);
});

test("plain calls run on a backend that was made ready, first calls before notwithstanding", async (t) => {
  const { system, who, add } = library();
  add("slow", async () => sleep(1)).implement(who, () => "slow");
  t.is(who(point), "default");
  t.is(who(point), "default");
  await system.ready("slow");
  t.is(who(point), "slow");
  await t.throwsAsync(system.ready("fast"), { code: "ERR_DISPATCH_UNKNOWN_BACKEND" });
});

test("a start that calls what its backend implements is one start, and that call another backend's", async (t) => {
  const { who, add } = library();
  const ran: string[] = [];
  add("slow", async () => {
    ran.push(await who.async(point));
  }).implement(who, () => "slow");
  t.is(await who.async(point), "slow");
  t.deepEqual(ran, ["default"]);
  t.is(who(point), "slow");
});

test("a start that fails is remembered and refuses", async (t) => {
  const { system, who, add } = library();
  let starts = 0;
  add("broken", async () => {
    starts++;
    throw new Error("no such device");
  }).implement(who, () => "broken");
  t.is(await who.async(point), "default");
  t.is(await who.async(point), "default");
  t.is(starts, 1);
  const { calls } = await trace(async () => who.async(point));
  t.is(calls[0]!.considered[0]!.reason, "did not start: no such device");
  t.is(explain(who.async, point).backend, "default");
  await t.throwsAsync(who.async(point, { backend: "broken" }), {
    code: "ERR_DISPATCH_REFUSED",
    message: /no such device/,
  });
  const failed = await t.throwsAsync<DispatchError>(system.ready("broken"), {
    ...{ instanceOf: DispatchError, code: "ERR_DISPATCH_START" },
    message: `backend "broken" of ${system.name} did not start: no such device`,
  });
  t.is((failed.cause as Error).message, "no such device");
});

test("an aborted call rejects at once with the signal's reason, and is not run if it has not begun", async (t) => {
  const { who, add } = library();
  const runs: string[] = [];
  const slow = add("slow", async () => sleep(20));
  slow.implement(who, {
    async: async () => {
      runs.push("ran");
      return sleep(20, "slow");
    },
  });
  const before = AbortSignal.abort(new Error("too late"));
  await t.throwsAsync(who.async(point, { signal: before }), { message: "too late" });
  const controller = new AbortController();
  const starting = who.async(point, { signal: controller.signal });
  controller.abort(new Error("changed my mind"));
  await t.throwsAsync(starting, { message: "changed my mind" });
  await sleep(40);
  t.deepEqual(runs, []);
  t.is(await who.async(point, { signal: new AbortController().signal }), "slow");
  t.deepEqual(runs, ["ran"]);
});

test("a signal that is undefined is none, as wrappers pass on what they may have been given", async (t) => {
  const { system } = library();
  const names = system.dispatchable("names", { on: [0] }, (_point: Point, options?: Partial<Record<string, unknown>>) =>
    Object.keys(options ?? {}),
  );
  t.deepEqual(await names.async(point, { signal: undefined, size: 3 }), ["size"]);
});

test("the signal reaches implementations that can stop, and no other", async (t) => {
  const { who, add } = library();
  t.is(await who.async(point, { signal: new AbortController().signal }), "default");
  const signals: unknown[] = [];
  add("stops").implement(
    who,
    {
      async: async (_point, options) => {
        signals.push(options?.signal);
        return sleep(1000, "late", { signal: options!.signal! });
      },
    },
    { abortable: true },
  );
  const controller = new AbortController();
  const call = who.async(point, { signal: controller.signal });
  await sleep(1);
  controller.abort();
  t.is(((await t.throwsAsync(call, { any: true })) as Error).name, "AbortError");
  t.deepEqual(signals, [controller.signal]);
});

test("a scope follows an asynchronous call into its implementation", async (t) => {
  const { system, who, add } = library();
  const inner = system.dispatchable("inner", { on: [0] }, (_point: Point): string => "default");
  const later = add("later");
  later.implement(who, {
    async: async () => {
      await sleep(1);
      return `later, then ${inner(point)}`;
    },
  });
  later.implement(inner, () => "later");
  t.is(await system.backend({ disable: "default" }, async () => who.async(point)), "later, then later");
  const { calls } = await trace(async () => who.async(point));
  t.deepEqual(
    calls.map(({ function: name, calls: nested }) => [name, nested.map((call) => call.function)]),
    [["who", ["inner"]]],
  );
});
