import { DispatchError } from "./errors.ts";

/**
 * Work that is written once for synchronous and asynchronous calls. A step that must wait yields the promise, and is
 * resumed with its value or with its rejection thrown in. Only steps of an asynchronous call may yield.
 */
export type Steps<T> = Generator<PromiseLike<unknown>, T, unknown>;

/**
 * Does the work at once.
 *
 * @throws DispatchError `ERR_DISPATCH_INTERNAL` when a step waits after all.
 */
export function runSteps<T>(steps: Steps<T>): T {
  const step = steps.next();
  if (step.done === true) return step.value;
  const waits = new DispatchError("ERR_DISPATCH_INTERNAL", "a step of a synchronous call waits for a promise");
  // Thrown into them, so that what they hold is let go.
  const late = steps.throw(waits);
  if (late.done === true) return late.value;
  throw waits;
}

/**
 * Does the work, waiting where a step waits.
 *
 * @param signal once aborted, the promise is rejected at once, and the step under way is the last one: what it holds
 * is let go when it ends.
 */
export function runStepsAsync<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  const work = drive(steps, signal);
  return signal === undefined ? work : unlessAborted(work, signal);
}

async function drive<T>(steps: Steps<T>, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted();
  let step = steps.next();
  while (step.done !== true) {
    let value: unknown;
    try {
      value = await step.value;
      signal?.throwIfAborted();
    } catch (error) {
      // Of a call that is given up, nobody asks how its last step ended.
      step = steps.throw(signal?.aborted === true ? signal.reason : error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    abort = (): void => reject(signal.reason as Error);
  });
  signal.addEventListener("abort", abort);
  // By the first step itself.
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
