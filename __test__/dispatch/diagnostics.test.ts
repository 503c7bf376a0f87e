// The channel of finished calls: who listens is noticed without asking at each call.
import { AsyncLocalStorage } from "node:async_hooks";
import { execFile } from "node:child_process";
import { channel, subscribe, unsubscribe } from "node:diagnostics_channel";
import { promisify } from "node:util";
import test from "ava";
import { hasSubscribers, observeSubscriptions, publish } from "../../src/diagnostics.ts";
import type { CallRecord } from "../../src/index.ts";
import { TYPESCRIPT } from "../typescript.ts";

const record: CallRecord = {
  system: "images",
  function: "blur",
  types: ["a:B"],
  backend: "default",
  considered: [],
  conversions: [],
  milliseconds: 1,
  calls: [],
  error: undefined,
};

test.serial("the first subscription and the last unsubscription are noticed, by whatever way they come", (t) => {
  const changes: boolean[] = [];
  observeSubscriptions((active) => changes.push(active));
  const first = (): void => {};
  const second = (): void => {};
  subscribe("tagswitch:call", first);
  t.deepEqual(changes, [true]);
  channel("tagswitch:call").subscribe(second);
  t.deepEqual(changes, [true]);
  t.true(hasSubscribers());
  t.true(unsubscribe("tagswitch:call", first));
  t.deepEqual(changes, [true]);
  t.true(channel("tagswitch:call").unsubscribe(second));
  t.deepEqual(changes, [true, false]);
  t.false(unsubscribe("tagswitch:call", first));
  t.false(hasSubscribers());
  subscribe("tagswitch:call", first);
  unsubscribe("tagswitch:call", first);
  t.deepEqual(changes, [true, false, true, false]);
});

test.serial("a store bound to the channel counts until it is unbound", (t) => {
  const changes: boolean[] = [];
  observeSubscriptions((active) => changes.push(active));
  const store = new AsyncLocalStorage<unknown>();
  const calls = channel("tagswitch:call");
  calls.bindStore(store);
  t.deepEqual(changes, [true]);
  t.notThrows(() => publish(record));
  calls.unbindStore(store);
  t.deepEqual(changes, [true, false]);
});

test.serial("a record goes to every subscriber, with the channel's name", (t) => {
  const seen: unknown[] = [];
  const listen = (message: unknown, name: string | symbol): void => void seen.push(message, name);
  publish(record);
  t.deepEqual(seen, []);
  subscribe("tagswitch:call", listen);
  publish(record);
  unsubscribe("tagswitch:call", listen);
  publish(record);
  t.deepEqual(seen, [record, "tagswitch:call"]);
});

test.serial("one observer counts, and it is told of subscribers that came before it", (t) => {
  const changes: string[] = [];
  const listen = (): void => {};
  observeSubscriptions((active) => changes.push(`old ${active}`));
  subscribe("tagswitch:call", listen);
  observeSubscriptions((active) => changes.push(`new ${active}`));
  unsubscribe("tagswitch:call", listen);
  t.deepEqual(changes, ["old true", "new true", "new false"]);
});

const MODULE = new URL("../../src/diagnostics.ts", import.meta.url).href;

async function run(script: string): Promise<string> {
  const args = [TYPESCRIPT, "--input-type=module", "--eval", script];
  return (await promisify(execFile)(process.execPath, args)).stdout.trim();
}

test("subscribers from before the import count", async (t) => {
  const script = `
    import { subscribe } from "node:diagnostics_channel";
    const seen = [];
    subscribe("tagswitch:call", (record) => seen.push(record.function));
    const { observeSubscriptions, publish } = await import(${JSON.stringify(MODULE)});
    observeSubscriptions((active) => seen.push(active));
    publish({ function: "blur" });
    console.log(JSON.stringify(seen));`;
  t.is(await run(script), '[true,"blur"]');
});

test("what a subscriber throws is the process's uncaught exception, not the call's", async (t) => {
  const script = `
    import { subscribe } from "node:diagnostics_channel";
    const { publish } = await import(${JSON.stringify(MODULE)});
    process.on("uncaughtException", (error) => console.log("uncaught", error.message));
    subscribe("tagswitch:call", () => { throw new Error("mine"); });
    publish({ function: "blur" });
    console.log("returned");`;
  t.is(await run(script), "returned\nuncaught mine");
});
