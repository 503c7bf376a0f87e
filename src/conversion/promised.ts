import { reasonOf } from "../display.ts";
import type { Steps } from "../steps.ts";
import { dispose, type Disposing } from "./dispose.ts";
import { FailedConversion } from "./failure.ts";
import { isObject } from "./kept-value.ts";

/** What became of a promise. */
export type Outcome = { readonly value: unknown } | { readonly cause: unknown };

/** Waits for a converter's promise. If the call is given up meanwhile, the value is disposed when it comes. */
export function* awaitConversion(promise: PromiseLike<unknown>, converter: Disposing): Steps<unknown> {
  const once = Promise.resolve(promise);
  const settled = yield* awaitOutcome(once, () => disposeLate(once, converter));
  if ("cause" in settled) throw new FailedConversion(converter, reasonOf(settled.cause), settled.cause);
  return settled.value;
}

/**
 * Waits for a promise whose rejection is told from what is thrown into the steps: that is, from the call being given
 * up, after which `giveUp` runs.
 */
export function* awaitOutcome(promise: Promise<unknown>, giveUp: () => void): Steps<Outcome> {
  let settled: Outcome | undefined;
  try {
    settled = (yield promise.then(
      (value): Outcome => ({ value }),
      (cause: unknown): Outcome => ({ cause }),
    )) as Outcome;
    return settled;
  } finally {
    if (settled === undefined) giveUp();
  }
}

/** Disposes what a promise brings that nobody waits for. */
export function disposeLate(promise: PromiseLike<unknown>, converter: Disposing): void {
  void Promise.resolve(promise).then(
    (late) => dispose(late, converter),
    () => {},
  );
}

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && typeof (value as Partial<PromiseLike<unknown>>).then === "function";
}
