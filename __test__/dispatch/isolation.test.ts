// Scopes hold where they were opened and nowhere else.
import { EventEmitter, once } from "node:events";
import { setImmediate, setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import test from "ava";
import type { ScopeOptions } from "../../src/index.ts";
import { DevicePoint, geometry, Point } from "./library.ts";

const point = new Point(0);

test("1,000 interleaved tasks keep their scopes", async (t) => {
  const { system, who } = geometry();
  const kinds: [choice: ScopeOptions | undefined, point: string, devicePoint: string][] = [
    [undefined, "default", "device"],
    [{ prioritize: "device" }, "device", "device"],
    [{ disable: "device" }, "default", "nobody"],
    [{ exclusive: "device" }, "device", "device"],
    [{ exclusive: "default" }, "default", "default"],
  ];
  const ask = (value: unknown): string => {
    try {
      return who(value);
    } catch {
      return "nobody";
    }
  };
  const wait = [
    (): unknown => null,
    (): unknown => delay(1),
    (): unknown => setImmediate(),
    (): unknown => Promise.resolve(),
  ];
  const task = async (i: number): Promise<void> => {
    const [choice, forPoint, forDevicePoint] = kinds[i % kinds.length]!;
    const work = async (): Promise<void> => {
      for (let step = 0; step < 6; step++) {
        const inner = system.backend({ disable: "fast" }, () => ask(point));
        const answers = [ask(point), inner, ask(new DevicePoint(0))];
        if (answers.join() !== [forPoint, forPoint, forDevicePoint].join()) t.fail(`${i}, ${step}: ${answers.join()}`);
        await wait[(i + step) % wait.length]!();
      }
      if (i % 7 === 0) throw new Error("ends badly");
    };
    await (choice === undefined ? work() : system.backend(choice, work)).catch((error: Error) =>
      t.is(error.message, "ends badly"),
    );
  };
  await Promise.all(Array.from({ length: 1000 }, (_, i) => task(i)));
  t.deepEqual([ask(point), ask(new DevicePoint(0))], ["default", "device"]);
});

test("a scope does not follow a generator out", (t) => {
  const { system, who } = geometry();
  function* asks(): Generator<string> {
    yield who(point);
    yield who(point);
  }
  const generator = system.backend("device", () => {
    const made = asks();
    t.is(made.next().value, "device");
    return made;
  });
  t.is(generator.next().value, "default");
});

test("an asynchronous generator's steps are in the scope of who asks for them", async (t) => {
  const { system, who } = geometry();
  async function* asks(): AsyncGenerator<string> {
    for (;;) {
      await null;
      yield who(point);
    }
  }
  const generator = system.backend("device", asks);
  t.is((await generator.next()).value, "default");
  t.is((await system.backend("device", () => generator.next())).value, "device");
  t.is((await generator.next()).value, "default");
});

test("timers keep the scope in which they were set", async (t) => {
  const { system, who } = geometry();
  const answers = await Promise.all([
    system.backend("device", () => new Promise((resolve) => setTimeout(() => resolve(who(point)), 2))),
    new Promise((resolve) => setTimeout(() => resolve(who(point)), 2)),
    system.backend("device", () => new Promise((resolve) => process.nextTick(() => resolve(who(point))))),
    system.backend("device", () => new Promise((resolve) => queueMicrotask(() => resolve(who(point))))),
  ]);
  t.deepEqual(answers, ["device", "default", "device", "device"]);
});

test("listeners run in the scope of who emits, not of who listens", (t) => {
  const { system, who } = geometry();
  const emitter = new EventEmitter();
  const heard: string[] = [];
  system.backend("device", () => emitter.on("ask", () => heard.push(who(point))));
  emitter.emit("ask");
  system.backend({ exclusive: "device" }, () => emitter.emit("ask"));
  t.deepEqual(heard, ["default", "device"]);
});

test("a scope does not reach into a worker thread, nor out of one", async (t) => {
  const { system, who } = geometry();
  const worker = system.backend("device", () => new Worker(new URL("scope-worker.mjs", import.meta.url)));
  const answer = async (message: string): Promise<unknown> => {
    system.backend("device", () => worker.postMessage(message));
    return ((await once(worker, "message")) as unknown[])[0];
  };
  t.is(await answer("plain"), "default");
  t.is(await answer("scoped"), "device");
  t.is(who(point), "default");
  t.is(await answer("plain"), "default");
  await worker.terminate();
});

test("a scope ends with an error, thrown or rejected, and in a promise's later steps too", async (t) => {
  const { system, who } = geometry();
  t.throws(() =>
    system.backend("device", () => {
      throw new Error("thrown");
    }),
  );
  t.is(who(point), "default");
  const rejected = system.backend("device", async () => {
    await null;
    throw new Error("rejected");
  });
  const seen = await rejected.catch(() => who(point));
  t.is(seen, "default");
});
