import { optionsOf } from "./backend-options.ts";
import { callOf, newLog, resolutionOf } from "./call.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import { DispatchError } from "./errors.ts";
import { askProtocols, holdersOf } from "./protocol-call.ts";
import type { Implementation } from "./realm.ts";
import { observer, recordCallAsync } from "./record-call.ts";
import { planOf } from "./resolution.ts";
import { runCallSteps } from "./run-call.ts";
import { activeRecorder } from "./scope.ts";
import { runStepsAsync } from "./steps.ts";

/**
 * `F`, answered by a promise: overloads up to four, and `signal` among the options, which is not in the type of
 * functions whose options do not name it.
 */
export type AsyncForm<F> = F extends {
  (...args: infer A1): infer R1;
  (...args: infer A2): infer R2;
  (...args: infer A3): infer R3;
  (...args: infer A4): infer R4;
}
  ? ((...args: A1) => Promise<Awaited<R1>>) &
      ((...args: A2) => Promise<Awaited<R2>>) &
      ((...args: A3) => Promise<Awaited<R3>>) &
      ((...args: A4) => Promise<Awaited<R4>>)
  : never;

const forms = new WeakMap<DispatchableRecord, Implementation>();
const records = new WeakMap<object, DispatchableRecord>();

/** The asynchronous form of a dispatchable: one function for each. */
export function asyncForm(record: DispatchableRecord): Implementation {
  let form = forms.get(record);
  if (form === undefined) {
    form = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
      if (record.method !== undefined) checkReceiver(record, this, form);
      return callAsync(record, record.method === undefined ? args : [this, ...args]);
    };
    Object.defineProperty(form, "name", { value: `${record.name}.async`, configurable: true });
    forms.set(record, form);
    records.set(form, record);
  }
  return form;
}

/** `model.fit.async(X)` has the method for its object, which would learn what the model was to learn. */
function checkReceiver({ name }: DispatchableRecord, receiver: unknown, form: unknown): void {
  if (typeof receiver !== "function" || (receiver as { async?: unknown }).async !== form) return;
  const message = `${name}.async was called without its object; write object.${name.split(".").at(-1)}.async.call(object, …)`;
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", message, { function: name });
}

/** The dispatchable whose asynchronous form this is. */
export function recordOfAsyncForm(fn: object): DispatchableRecord | undefined {
  return records.get(fn);
}

async function callAsync(
  record: DispatchableRecord,
  args: readonly unknown[],
  asked: readonly object[] = [],
): Promise<unknown> {
  const signal = signalOf(record, args);
  signal?.throwIfAborted();
  if (!record.system.discovered) record.system.discover();
  const resolution = resolutionOf(record, args);
  const holders = holdersOf(record, args, resolution, asked);
  if (holders.length > 0) {
    const call = callOf(record, resolution, args, undefined, true);
    return runStepsAsync(
      askProtocols(call, holders, asked, (next, done) => callAsync(record, next, done)),
      signal,
    );
  }
  const recorder = activeRecorder() ?? observer(record.system);
  if (recorder !== undefined)
    return recordCallAsync(recorder, callOf(record, resolution, args, newLog(), true), signal);
  const call = callOf(record, resolution, args, undefined, true);
  return runStepsAsync(runCallSteps(call, planOf(record, resolution, args)), signal);
}

function signalOf(record: DispatchableRecord, args: readonly unknown[]): AbortSignal | undefined {
  const signal = optionsOf(record, args)?.["signal"];
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  const message = `the signal of ${record.name}.async is no AbortSignal; pass that of an AbortController`;
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", message, { function: record.name });
}
