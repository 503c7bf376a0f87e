import { channel, type Channel } from "node:diagnostics_channel";
import type { AsyncLocalStorage } from "node:async_hooks";
import type { CallRecord } from "./trace.ts";

/**
 * The channel of finished calls. Held here for good: Node drops channels that nobody holds, and with this one its
 * methods of its own would go.
 */
const calls: Channel = channel("tagswitch:call");

/** The methods after which somebody may or may not be listening. */
type Listening = Pick<Channel, "subscribe" | "unsubscribe"> & {
  bindStore(store: AsyncLocalStorage<unknown>, transform?: (message: unknown) => unknown): void;
  unbindStore(store: AsyncLocalStorage<unknown>): boolean;
};

let observer: ((active: boolean) => void) | undefined;
let wasActive = false;

/** Whether anybody listens to calls. */
export function hasSubscribers(): boolean {
  return calls.hasSubscribers;
}

/** Publishes a finished call. What a subscriber throws becomes an uncaught exception of the process, as Node has it. */
export function publish(record: CallRecord): void {
  calls.publish(record);
}

/**
 * Calls `onChange` whenever the first subscriber comes or the last one goes, and at once if there are any: so that
 * calls need not ask. The last observer counts.
 */
export function observeSubscriptions(onChange: (active: boolean) => void): void {
  observer = onChange;
  wasActive = false;
  notice();
}

function notice(): void {
  const active = calls.hasSubscribers;
  if (active === wasActive || observer === undefined) return;
  wasActive = active;
  observer(active);
}

// `diagnostics_channel.subscribe` and telemetry libraries all come to these methods of the channel. Node changes the
// channel's prototype with the first subscription, so each looks up what it stands for when it is called.
for (const method of ["subscribe", "unsubscribe", "bindStore", "unbindStore"] as const) {
  const observed = function (this: Channel, ...args: unknown[]): unknown {
    const prototype = Object.getPrototypeOf(this) as Record<keyof Listening, (...given: unknown[]) => unknown>;
    const result = prototype[method].apply(this, args);
    notice();
    return result;
  };
  Object.defineProperty(calls, method, { value: observed, configurable: true, writable: true });
}
