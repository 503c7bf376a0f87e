// What the main program sets for all calls outside scopes.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import test from "ava";
import { DevicePoint, geometry, Point } from "./library.ts";

const point = new Point(0);

test("the main program may choose for all calls outside scopes, once per system", async (t) => {
  const { system, who, shift } = geometry();
  const other = geometry();
  for (let i = 0; i < 3; i++) t.is(who(point), "default");
  const open = system.backend({ disable: "fast" }, () => system.backend.wrap({}, who));
  system.backend.globally("device");
  for (let i = 0; i < 3; i++) t.is(who(point), "device");
  t.deepEqual(shift(point), new Point(1));
  t.is(system.backends[0], "device");
  t.is(await Promise.resolve().then(() => who(point)), "device");
  t.is(
    system.backend({ disable: "device" }, () => who(point)),
    "default",
  );
  t.is(open(point), "default");
  t.is(other.who(point), "default");
  t.throws(() => system.backend.globally("fast"), { code: "ERR_DISPATCH_DUPLICATE", message: /already.*once/ });
  other.system.backend.globally({ disable: "fast" });
  t.deepEqual([who(point), other.who(point), other.who(new DevicePoint(0))], ["device", "default", "device"]);
});

test("a choice that was refused may be corrected", (t) => {
  const { system, who } = geometry();
  t.throws(() => system.backend.globally("devise"), { code: "ERR_DISPATCH_UNKNOWN_BACKEND" });
  system.backend.globally("device");
  t.is(who(point), "device");
});

test("a worker thread has global choices of its own", async (t) => {
  const { system, who } = geometry();
  system.backend.globally("device");
  const worker = new Worker(new URL("scope-worker.mjs", import.meta.url));
  const answers: unknown[] = [];
  for (const message of ["plain", "globally", "plain"]) {
    worker.postMessage(message);
    answers.push(...((await once(worker, "message")) as unknown[]));
  }
  await worker.terminate();
  t.deepEqual(answers, ["default", "device", "device"]);
  t.is(who(point), "device");
});
