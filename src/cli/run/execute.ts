import type * as Library from "../../image/index.ts";
import { trace, type Trace } from "../../index.ts";
import { FOOTPRINTS, footprintOf, isReference, operationNamed, type Step, type Value } from "./step.ts";

/** What a pipeline made of an image. */
export interface Execution {
  /** The image, then what each step gave. */
  readonly values: readonly unknown[];
  readonly trace: Trace<void>;
}

/**
 * Runs the steps of a pipeline, which are known to be of the library's functions.
 *
 * @param backend the one to put first.
 * @throws what a step throws, with its number before the message.
 */
export async function execute(
  library: typeof Library,
  image: Library.Image,
  steps: readonly Step[],
  backend: string | undefined,
): Promise<Execution> {
  const values: unknown[] = [image];
  let last = image;
  const traced = await trace(() =>
    library.backend(backend ?? [], async () => {
      for (const step of steps) {
        const value = await call(library, step, values, last);
        values.push(value);
        if (value instanceof library.Image && !FOOTPRINTS.has(step.function)) last = value;
      }
    }),
  );
  return { values, trace: traced };
}

async function call(
  library: typeof Library,
  step: Step,
  values: readonly unknown[],
  last: Library.Image,
): Promise<unknown> {
  const given = (value: Value): unknown => (isReference(value) ? values[value.step] : value);
  const args = step.arguments.map(given);
  const options = Object.fromEntries(Object.entries(step.options).map(([name, value]) => [name, given(value)]));
  try {
    if (FOOTPRINTS.has(step.function)) return footprintOf(library, step.function, [...args, options]);
    const { length, async: operation } = operationNamed(library, step.function)!;
    args.unshift(step.on === undefined ? last : values[step.on]);
    // Options come last, also where something before them is left out.
    args[length - 1] = options;
    return await operation(...args);
  } catch (error) {
    if (error instanceof Error) error.message = `step ${values.length}: ${error.message}`;
    throw error;
  }
}
