// Implementations that wait on their way, written once: a plain call blocks there, one of `fn.async` does not.

/** What an implementation does, with a question wherever it waits. */
export type Steps<T> = Generator<Question, T, unknown>;

/** Answered at once, which blocks, or `later`, by a promise. */
export type Question = (later: boolean) => unknown;

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

/** As {@link finish}, without blocking. */
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
