import type * as Library from "../../image/index.ts";

/** One call of a pipeline. */
export interface Step {
  /** A function of the library, such as `"filters.gaussian"`. */
  readonly function: string;
  /** The step whose result is the first argument; left out, it is the last image so far. */
  readonly on?: number | undefined;
  /** What follows the image: values as JSON has them, or what an earlier step gave. */
  readonly arguments: readonly Value[];
  readonly options: Readonly<Record<string, Value>>;
}

/** A value from JSON, or what a step gave. */
export type Value = unknown;

/** What a step gave: 0 is the input image, 1 the first step's result. */
export interface Reference {
  readonly step: number;
}

/** Whether a value of a step stands for another step's result. */
export function isReference(value: Value): value is Reference {
  if (typeof value !== "object" || value === null || Object.keys(value).join() !== "step") return false;
  return Number.isSafeInteger((value as { step: unknown }).step);
}

/** A function of the library, with what is asked of it here: its length counts the image, what follows it and the options. */
export interface Operation {
  readonly length: number;
  readonly async: (...args: unknown[]) => Promise<unknown>;
}

/** The function of the library that has this name; `undefined` where there is none. */
export function operationNamed(library: typeof Library, name: string): Operation | undefined {
  if (!library.system.functions.includes(name)) return undefined;
  return name.split(".").reduce<unknown>((from, part) => (from as Record<string, unknown>)[part], library) as Operation;
}

/**
 * What is wrong with steps, by the library's functions; `undefined` if nothing.
 *
 * @param meant finds the function that a misspelt name means.
 */
export function problemOf(
  steps: readonly Step[],
  library: typeof Library,
  meant: (name: string, functions: readonly string[]) => string | undefined,
): string | undefined {
  for (const [i, step] of steps.entries()) {
    const operation = operationNamed(library, step.function);
    const problem =
      operation === undefined
        ? unknownFunction(step, meant(step.function, library.system.functions))
        : (tooMany(step, operation) ?? lateReference(step, i));
    if (problem !== undefined) return `step ${i + 1}: ${problem}`;
  }
  return undefined;
}

function unknownFunction({ function: name }: Step, meant: string | undefined): string {
  const advice =
    meant === undefined
      ? "see: tagswitch backends tagswitch/image. Outputs end in .png, .jpg, .webp, .tif, .json or .csv"
      : `did you mean ${meant}?`;
  return `there is no function "${name}"; ${advice}`;
}

function tooMany({ function: name, arguments: given }: Step, { length }: Operation): string | undefined {
  const most = length - 2;
  if (given.length <= most) return undefined;
  const taken = most === 0 ? "nothing but options" : `${most} and options`;
  return `${name} was given ${given.length} values beside the image; expected ${taken}`;
}

function lateReference(step: Step, before: number): string | undefined {
  const values = [...step.arguments, ...Object.values(step.options)].filter(isReference);
  const referred = [...values.map((reference) => reference.step), ...(step.on === undefined ? [] : [step.on])];
  const late = referred.find((number) => number < 0 || number > before);
  if (late === undefined) return undefined;
  const earlier = before === 0 ? "0, the input image" : `0, the input image, to ${before}`;
  return `${step.function} refers to step ${late}; expected ${earlier}`;
}
