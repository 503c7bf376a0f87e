// Scopes that a block enters with `using`, and functions that always run in one.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import test from "ava";
import { trace } from "../../src/index.ts";
import { geometry, Point } from "./library.ts";
import { TYPESCRIPT } from "../typescript.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const point = new Point(0);

test("using enters a scope and leaves it where the block ends, after an error too", (t) => {
  const { system, who } = geometry();
  const disabled = (): string => {
    using _ = system.backend({ disable: "device" });
    return who(point);
  };
  {
    using _ = system.backend("device");
    t.deepEqual([who(point), disabled(), who(point)], ["device", "default", "device"]);
  }
  t.is(who(point), "default");
  t.throws(() => {
    using _ = system.backend("device");
    throw new Error("inside");
  });
  t.is(who(point), "default");
});

test("leaving a scope twice does nothing the second time", (t) => {
  const { system, who } = geometry();
  const scope = system.backend("device");
  scope[Symbol.dispose]();
  system.backend({ exclusive: "device" }, () => {
    scope[Symbol.dispose]();
    t.is(who(point), "device");
  });
  t.is(who(point), "default");
});

test("leaving scopes out of order is an error, changes nothing, and can be put right", (t) => {
  const { system, who } = geometry();
  const outer = system.backend("device");
  const inner = system.backend({ disable: "device" });
  t.throws(() => outer[Symbol.dispose](), { code: "ERR_DISPATCH_SCOPE", message: /reverse order/ });
  t.is(who(point), "default");
  inner[Symbol.dispose]();
  t.is(who(point), "device");
  outer[Symbol.dispose]();
  t.is(who(point), "default");
});

test("scopes are told apart by who entered them, though they choose the same", (t) => {
  const { system, who } = geometry();
  const misplaced = { code: "ERR_DISPATCH_SCOPE" };
  for (const choice of ["device", [], { prioritize: ["device", "device"] }]) {
    const outer = system.backend("device");
    const inner = system.backend(choice);
    t.throws(() => outer[Symbol.dispose](), misplaced);
    t.is(who(point), "device");
    inner[Symbol.dispose]();
    t.is(who(point), "device");
    outer[Symbol.dispose]();
    t.is(who(point), "default");
  }
});

test("a block's scope cannot be left from a body in the same scope, nor one of a body after it", (t) => {
  const { system, who } = geometry();
  const misplaced = { code: "ERR_DISPATCH_SCOPE" };
  const block = system.backend("device");
  for (const body of [(check: () => void) => system.backend("device", check), (check: () => void) => trace(check)])
    body(() => void t.throws(() => block[Symbol.dispose](), misplaced));
  block[Symbol.dispose]();
  t.is(who(point), "default");
  let escaped!: Disposable;
  system.backend("device", () => void (escaped = system.backend({ disable: "device" })));
  t.throws(() => escaped[Symbol.dispose](), misplaced);
  t.is(who(point), "default");
});

test("a scope that a block entered holds for the work that the block starts", async (t) => {
  const { system, who } = geometry();
  const started = (): Promise<string> => {
    using _ = system.backend("device");
    return Promise.resolve().then(() => who(point));
  };
  const answer = started();
  t.is(who(point), "default");
  t.is(await answer, "device");
});

test("blocks of a thousand interleaved tasks leave nothing behind", async (t) => {
  const { system, who } = geometry();
  const names = ["device", "default"];
  const task = async (i: number): Promise<void> => {
    for (let step = 0; step < 5; step++) {
      const name = names[(i + step) % 2]!;
      const inside = ((): string => {
        using _ = system.backend(name);
        return who(point);
      })();
      if (inside !== name || who(point) !== "default") t.fail(`task ${i}, step ${step}`);
      await (i % 3 === 0 ? new Promise((resolve) => setTimeout(resolve, i % 4)) : null);
    }
  };
  await Promise.all(Array.from({ length: 1000 }, (_, i) => task(i)));
  t.is(who(point), "default");
});

test("a block's scope is recorded by a trace around it, and a trace ends in it", (t) => {
  const { system, who } = geometry();
  const { calls } = trace(() => {
    using _ = system.backend("device");
    who(point);
  });
  t.deepEqual(
    calls.map(({ backend }) => backend),
    ["device"],
  );
});

test("a scope that is left after an await is one warning, which says what to write instead", async (t) => {
  const script = `
    import { geometry, Point } from "./__test__/dispatch/library.ts";
    const { system, who } = geometry();
    const late = async () => { const scope = system.backend("device"); await null; scope[Symbol.dispose](); };
    { const scope = system.backend("device"); scope[Symbol.dispose](); }
    await system.backend("fast", late);
    await system.backend("fast", late);
    console.log(who(new Point(0)));`;
  const args = [TYPESCRIPT, "--input-type=module", "--eval", script];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: root });
  t.is(stdout.trim(), "default");
  t.is(stderr.split("[TAGSWITCH_SCOPE]").length, 2);
  t.regex(stderr, /left after an await.*backend\(choice, body\)/);
});

test("a wrapped function runs in the scope as it was when wrapped", (t) => {
  const { system, who } = geometry();
  const wrapped = system.backend("device", () => system.backend.wrap({ disable: "fast" }, who));
  t.is(wrapped(point), "device");
  t.is(
    system.backend({ disable: "device" }, () => wrapped(point)),
    "device",
  );
  t.is(who(point), "default");
});

test("a wrapped function keeps name, length, receiver and promise", async (t) => {
  const { system, who } = geometry();
  const object = {
    point,
    ask: system.backend.wrap("device", async function ask(this: { point: Point }, _a: number, _b: number) {
      await null;
      return who(this.point);
    }),
  };
  t.deepEqual([object.ask.name, object.ask.length], ["ask", 2]);
  t.is(await object.ask(1, 2), "device");
  t.throws(() => system.backend.wrap("device", 5 as never), { code: "ERR_DISPATCH_ARGUMENT" });
  t.throws(() => system.backend.wrap("devise", who), { code: "ERR_DISPATCH_UNKNOWN_BACKEND" });
});

test("calls in a wrapped function are recorded by the trace around the call", (t) => {
  const { system, who } = geometry();
  const wrapped = trace(() => system.backend.wrap("device", who)).result;
  t.is(trace(() => wrapped(point)).calls[0]!.backend, "device");
  t.is(wrapped(point), "device");
});
