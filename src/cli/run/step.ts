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
  return library.system.functions.includes(name) ? (exportNamed(library, name) as Operation) : undefined;
}

/** What makes a footprint for other steps, of one value and no image, and the options that it has. */
export const FOOTPRINTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["morphology.diamond", []],
  ["morphology.disk", ["strictRadius"]],
  ["morphology.footprintRectangle", []],
]);

/** The footprint that a step makes of the values given. */
export function footprintOf(library: typeof Library, name: string, args: readonly unknown[]): unknown {
  return (exportNamed(library, name) as (...args: readonly unknown[]) => unknown)(...args);
}

function exportNamed(library: typeof Library, name: string): unknown {
  return name.split(".").reduce<unknown>((from, part) => (from as Record<string, unknown>)[part], library);
}
