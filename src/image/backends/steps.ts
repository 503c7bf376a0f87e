// Implementations that wait on their way, written once: a plain call blocks there, one of `fn.async` does not.
import { isPlainObject } from "../options.ts";

/** What an implementation does, with a question wherever it waits. */
export interface Steps<T> extends Iterator<Question, T, unknown> {
  [Symbol.iterator](): Steps<T>;
  throw(error: unknown): IteratorResult<Question, T>;
}

/** An implementation's steps; as methods, for their parameters may be wider or narrower than the function's. */
export type StepsOf<A extends unknown[]> = { call(...args: A): Steps<unknown> }["call"];

/** Answered at once, which blocks, or `later`, by a promise. */
type Question = (later: boolean) => unknown;

/** A single question, as steps that give its answer. No generator, which takes longer than many a small image's kernel: all calls pay for it. */
export class SingleStep<T> implements Steps<T> {
  #question: Question | undefined;

  constructor(question: Question) {
    this.#question = question;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(answer: unknown): IteratorResult<Question, T> {
    const question = this.#question;
    if (question === undefined) return { done: true, value: answer as T };
    this.#question = undefined;
    return { done: false, value: question };
  }

  throw(error: unknown): IteratorResult<Question, T> {
    throw error;
  }
}

/** Takes the steps, each as soon as the last one's question is answered, and blocks until then. */
export function finish<T>(steps: Steps<T>): T {
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

/** As {@link finish}, without blocking, and until the signal is aborted. */
export async function finishLater<T>(steps: Steps<T>, signal: AbortSignal | undefined): Promise<T> {
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

/** The signal among the options of an asynchronous call. */
export function signalAmong(args: readonly unknown[]): AbortSignal | undefined {
  return args.map(signalIn).find((signal) => signal !== undefined);
}

function signalIn(value: unknown): AbortSignal | undefined {
  return isPlainObject(value) && value["signal"] instanceof AbortSignal ? value["signal"] : undefined;
}

/** Options without the signal, which no operation knows. */
export function withoutSignal(value: unknown): unknown {
  if (signalIn(value) === undefined) return value;
  const { signal: _, ...options } = value as Record<string, unknown>;
  return options;
}
