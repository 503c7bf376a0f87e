// Implementations whose kernels run at once, or for `fn.async` on other threads while the event loop turns.
import { addon } from "../../../addon.ts";
import { checkSamples, Image } from "../../image.ts";
import { isPlainObject } from "../../options.ts";
import { OUT } from "../../out.ts";
import { callAddon, imageError } from "../addon-call.ts";
import { finish, finishLater, type Steps } from "../steps.ts";
import { native } from "./backend.ts";

/** The addon, or what stands for it elsewhere. */
export type Kernels = typeof addon;

/** An implementation's steps; as methods, for their parameters may be narrower than the function's. */
type StepsOf<A extends unknown[]> = { call(...args: A): Steps<unknown> }["call"];

/** The bindings of kernels, each by a promise: the kernel runs on a thread of the addon's. */
const ELSEWHERE = new Proxy(addon, {
  get:
    (_, name: string) =>
    (...args: unknown[]) =>
      addon.cpuOffThread(name, args),
});

/** Runs a kernel: `run` calls one binding of the addon, with typed arrays that are the call's own or are only read. */
export function* kernel<T>(operation: string, run: (addon: Kernels) => T): Steps<T> {
  const answer = yield (later) => (later ? elsewhere(operation, run) : callAddon(operation, () => run(addon)));
  return answer as T;
}

async function elsewhere(operation: string, run: (addon: Kernels) => unknown): Promise<unknown> {
  try {
    return await run(ELSEWHERE);
  } catch (error) {
    throw imageError(operation, error);
  }
}

/** Adds an implementation in both forms. */
export function implement<A extends unknown[]>(fn: (...args: A) => unknown, steps: NoInfer<StepsOf<A>>): void {
  native.implement(fn, {
    sync: (...args) => finish(steps(...args)),
    // What the caller has may change while a kernel reads it, and be taken away.
    async: async (...args) => finishLater(steps(...(args.map(copied) as A)), undefined),
  });
}

/** The same over memory of its own, and without an image to write into: the dispatcher does that once there is a result. */
function copied(value: unknown): unknown {
  if (value instanceof Image) {
    checkSamples(value);
    return new Image(value.data.slice(), value);
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return (value as Uint8Array).slice();
  if (Array.isArray(value)) return value.map(copied);
  if (!isPlainObject(value)) return value;
  const { [OUT.option]: _, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, copied(member)]));
}
