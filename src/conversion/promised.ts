import type { Steps } from "../steps.ts";
import { type Direction, FailedConversion, reasonOf } from "./failure.ts";
import { isObject } from "./kept-value.ts";

/** What became of a promise. */
type Outcome = { readonly value: unknown } | { readonly cause: unknown };

/** Whose promise it is. */
interface Awaited extends Direction {
  dispose?(value: unknown): void;
}

/** Waits for a converter's promise. If the call is given up meanwhile, the value is disposed when it comes. */
export function* awaitConversion(promise: PromiseLike<unknown>, converter: Awaited): Steps<unknown> {
  // As a value, so that what is thrown in here is certainly not the converter's error.
  const outcome = Promise.resolve(promise).then(
    (value): Outcome => ({ value }),
    (cause: unknown): Outcome => ({ cause }),
  );
  let settled: Outcome | undefined;
  try {
    settled = (yield outcome) as Outcome;
  } finally {
    if (settled === undefined) disposeLate(promise, converter);
  }
  if ("cause" in settled) throw new FailedConversion(converter, reasonOf(settled.cause), settled.cause);
  return settled.value;
}

/** Disposes what a promise brings that nobody waits for. */
export function disposeLate(promise: PromiseLike<unknown>, converter: Awaited): void {
  void Promise.resolve(promise).then(
    (late) => converter.dispose?.(late),
    () => {},
  );
}

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && typeof (value as Partial<PromiseLike<unknown>>).then === "function";
}
