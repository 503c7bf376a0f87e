// Implementations that wait for the GPU on their way, written once: a plain call blocks there, one of `fn.async` does not.
import type { ImplementationOptions } from "../../../index.ts";
import { GpuImage, shareOf } from "../../gpu-image.ts";
import { isPlainObject } from "../../options.ts";
import { callGpu, callGpuAsync } from "../addon-call.ts";
import { wgpu } from "./backend.ts";

/** What an implementation does, with a question wherever it waits. */
export type Steps<T> = Generator<Question, T, unknown>;

/** Answered at once, which blocks, or `later`, by a promise. */
type Question = (later: boolean) => unknown;

/** An implementation's steps; as methods, for their parameters may be wider than the function's. */
type StepsOf<A extends unknown[]> = { call(...args: A): Steps<unknown> }["call"];

/** Asks the addon for what the GPU has to work out first. */
export function* ask<T>(operation: string, question: (later: boolean) => T | Promise<T>): Steps<T> {
  const answer = yield (later) =>
    later ? callGpuAsync(operation, async () => question(true)) : callGpu(operation, () => question(false));
  return answer as T;
}

/** Adds an implementation in both forms: a plain call waits for each answer, an asynchronous one is resumed with it. */
export function implementInSteps<A extends unknown[]>(
  fn: (...args: A) => unknown,
  steps: NoInfer<StepsOf<A>>,
  options: NoInfer<ImplementationOptions<A>>,
): void {
  const sync = (...args: A): unknown => finish(steps(...args));
  const later = async (...args: A): Promise<unknown> => {
    const held: GpuImage[] = [];
    const given = args.map((value) => (value instanceof GpuImage ? hold(value, held) : withoutSignal(value)));
    try {
      return await finishLater(steps(...(given as A)), signalAmong(args));
    } finally {
      for (const image of held) image.dispose();
    }
  };
  wgpu.implement(fn, { sync, async: later }, { ...options, abortable: true });
}

function finish(steps: Steps<unknown>): unknown {
  let step = steps.next();
  while (step.done !== true) {
    let answer: unknown;
    try {
      answer = step.value(false);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(answer);
  }
  return step.value;
}

async function finishLater(steps: Steps<unknown>, signal: AbortSignal | undefined): Promise<unknown> {
  let step = steps.next();
  while (step.done !== true) {
    let answer: unknown;
    try {
      answer = await step.value(true);
      signal?.throwIfAborted();
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(answer);
  }
  return step.value;
}

/** The image for the length of a call, whatever its owner disposes of meanwhile; one that is gone already as it is. */
function hold(image: GpuImage, held: GpuImage[]): GpuImage {
  const share = shareOf(image);
  if (share !== null) held.push(share);
  return share ?? image;
}

function signalAmong(args: readonly unknown[]): AbortSignal | undefined {
  return args.map(signalIn).find((signal) => signal !== undefined);
}

function signalIn(value: unknown): AbortSignal | undefined {
  return isPlainObject(value) && value["signal"] instanceof AbortSignal ? value["signal"] : undefined;
}

/** Options without the signal, which no operation knows. */
function withoutSignal(value: unknown): unknown {
  if (signalIn(value) === undefined) return value;
  const { signal: _, ...options } = value as Record<string, unknown>;
  return options;
}
