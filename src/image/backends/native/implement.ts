// Implementations whose kernels run at once, or for `fn.async` on other threads while the event loop turns.
import { addon } from "../../../addon.ts";
import type { ImplementationOptions } from "../../../index.ts";
import { checkSamples, Image } from "../../image.ts";
import { isPlainObject } from "../../options.ts";
import { OUT } from "../../out.ts";
import { callAddon, imageError } from "../addon-call.ts";
import { finish, finishLater, signalAmong, SingleStep, type Steps, type StepsOf, withoutSignal } from "../steps.ts";
import { native } from "./backend.ts";

/** The addon, or what stands for it elsewhere. */
export type Kernels = typeof addon;

/** The bindings of kernels, each by a promise: the kernel runs on a thread of the addon's. */
const ELSEWHERE = new Proxy(addon, {
  get:
    (_, name: string) =>
    (...args: unknown[]) =>
      addon.cpuOffThread(name, args),
});

/** Runs a kernel: `run` calls one binding of the addon, with typed arrays that are the call's own or are only read. */
export function kernel<T>(operation: string, run: (addon: Kernels) => T): Steps<T> {
  return new SingleStep((later) => (later ? elsewhere(operation, run) : callAddon(operation, () => run(addon))));
}

async function elsewhere(operation: string, run: (addon: Kernels) => unknown): Promise<unknown> {
  try {
    return await run(ELSEWHERE);
  } catch (error) {
    throw imageError(operation, error);
  }
}

/** Adds an implementation in both forms. */
export function implement<A extends unknown[]>(
  fn: (...args: A) => unknown,
  steps: NoInfer<StepsOf<A>>,
  options: NoInfer<ImplementationOptions<A>> = {},
): void {
  const sync = (...args: A): unknown => finish(steps(...args));
  const later = async (...args: A): Promise<unknown> => {
    // What the caller has may change while a kernel reads it, and be taken away.
    const own = args.map((value) => copied(withoutSignal(value))) as A;
    return finishLater(steps(...own), signalAmong(args));
  };
  native.implement(fn, { sync, async: later }, { ...options, abortable: true });
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
