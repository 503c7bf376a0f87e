import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";

/**
 * Where a dispatch argument is: a position among the arguments, or a path from one: `[1, "mask"]` is the property
 * `mask` of the second argument, `[0, "*"]` every element of the first.
 */
export type DispatchArgument = number | readonly [position: number, ...path: string[]];

/** The key of a path that stands for every element of a list. */
export const EVERY = "*";

/** The dispatch arguments of a dispatchable. */
export interface DispatchArguments {
  /** Equal for equal places; empty when a function finds them. */
  readonly key: string;
  /** Where they are, for the text of a stub; `undefined` when a function finds them. */
  readonly paths: readonly (readonly [position: number, ...path: string[]])[] | undefined;
  /** How many there are, where each is an argument itself; 0 where the number may differ from call to call. */
  readonly fixed: number;
  /** The position after the last; 0 where a function finds them. */
  readonly after: number;
  /** The dispatch arguments of a call; `undefined` for those that are missing. */
  values(args: readonly unknown[]): readonly unknown[];
  /** The positions, among the arguments, of what `values` gives. */
  positions(args: readonly unknown[]): readonly number[];
  /**
   * The arguments with other dispatch arguments, in copies of lists and objects that hold them; `undefined` where that
   * cannot be done.
   */
  replace: ((args: readonly unknown[], values: readonly unknown[], copied: Copied) => readonly unknown[]) | undefined;
  /** What holds a dispatch argument that is to be replaced, and can be copied by nobody but its class. */
  rigidHolder(args: readonly unknown[], isReplaced: (value: unknown) => boolean): object | undefined;
}

/** Is told of each copy, and the position of the argument that it is or is in. */
type Copied = (position: number, own: object, copy: object) => void;

/** Functions that find dispatch arguments, and put converted ones in their place. */
interface DispatchExtractor {
  readonly on: (...args: never[]) => readonly unknown[];
  readonly replace?: ((args: readonly unknown[], values: readonly unknown[]) => readonly unknown[]) | undefined;
}

/** Largest position of an argument, for dispatch or options. */
export const LAST_POSITION = 15;

const known = new Map<string, DispatchArguments>();

/** Dispatch arguments at fixed places: one object for equal ones, so that libraries of many functions hold few. */
export function argumentsAt(on: readonly DispatchArgument[]): DispatchArguments {
  const key = on.length === 1 && typeof on[0] === "number" ? `${on[0]}` : JSON.stringify(on);
  let places = known.get(key);
  if (places === undefined) {
    places = argumentsOf(key, on);
    known.set(key, places);
  }
  return places;
}

function argumentsOf(key: string, on: readonly DispatchArgument[]): DispatchArguments {
  // Copies: what the caller does with its own later is nobody else's business.
  const paths = on.map((argument) => (typeof argument === "number" ? ([argument] as const) : ([...argument] as const)));
  if (paths.every((path) => path.length === 1))
    return simpleArguments(
      key,
      paths.map(([position]) => position),
    );
  return {
    key,
    paths,
    fixed: 0,
    after: after(paths.map(([position]) => position)),
    values: (args) => paths.flatMap(([position, ...path]) => valuesAt(args[position], path)),
    positions: (args) => paths.flatMap(([position, ...path]) => valuesAt(args[position], path).map(() => position)),
    replace(args, values, copied) {
      const result = [...args];
      const rest = values[Symbol.iterator]();
      for (const [position, ...path] of paths) {
        const tell = (own: object, copy: object): void => copied(position, own, copy);
        result[position] = withValuesAt(result[position], path, rest, tell);
      }
      return result;
    },
    rigidHolder: (args, isReplaced) =>
      firstOf(paths, ([position, ...path]) => rigidHolderAt(args[position], path, isReplaced)),
  };
}

/** Dispatch arguments that a function finds. */
export function extractedArguments(name: string, { on, replace }: DispatchExtractor): DispatchArguments {
  const values = (args: readonly unknown[]): readonly unknown[] => {
    const found: unknown = (on as (...args: unknown[]) => unknown)(...args);
    if (Array.isArray(found)) return found as readonly unknown[];
    const message = `the extractor of ${name} gave ${display(found)}; expected an array of dispatch arguments`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message, { function: name });
  };
  const replaced = (args: readonly unknown[], converted: readonly unknown[]): readonly unknown[] => {
    const given: unknown = replace!(args, converted);
    if (Array.isArray(given)) return given as readonly unknown[];
    const message = `replace of ${name} gave ${display(given)}; expected an array of the arguments`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message, { function: name });
  };
  return {
    key: "",
    paths: undefined,
    fixed: 0,
    after: 0,
    values,
    positions: (args) => values(args).map((value) => args.indexOf(value)),
    replace: replace && replaced,
    rigidHolder: () => undefined,
  };
}

function simpleArguments(key: string, on: readonly number[]): DispatchArguments {
  return {
    key,
    paths: on.map((position) => [position]),
    fixed: on.length,
    after: after(on),
    values: (args) => on.map((position) => args[position]),
    positions: () => on,
    replace(args, values) {
      const result = [...args];
      on.forEach((position, i) => {
        if (position < result.length) result[position] = values[i];
      });
      return result;
    },
    rigidHolder: () => undefined,
  };
}

function after(positions: readonly number[]): number {
  return Math.min(Math.max(-1, ...positions) + 1, LAST_POSITION);
}

/** What of a dispatchable says which arguments a call changes. */
interface Changing {
  readonly on: DispatchArguments;
  /** Positions of arguments. */
  readonly mutates: readonly number[];
}

/**
 * The indexes of the dispatch arguments that a call changes: of those that are, or are in, the arguments that `mutates`
 * names. Of one that an extractor found inside of something nobody knows where it was, and it counts as changed.
 */
export function changedIndexes({ on, mutates }: Changing, args: readonly unknown[]): readonly number[] {
  if (mutates.length === 0) return [];
  return on.positions(args).flatMap((at, i) => (at < 0 || mutates.includes(at) ? [i] : []));
}

/** What a call changes: the arguments that `mutates` names, and the dispatch arguments in them. */
export function changedValues(changing: Changing, args: readonly unknown[]): readonly unknown[] {
  const { on, mutates } = changing;
  if (mutates.length === 0) return mutates;
  const values = on.values(args);
  return [...mutates.map((position) => args[position]), ...changedIndexes(changing, args).map((i) => values[i])];
}

/** A list that is none counts as its only element, so that an error can tell its type. */
function valuesAt(value: unknown, [key, ...rest]: readonly string[]): readonly unknown[] {
  if (key === undefined) return [value];
  if (key !== EVERY) return valuesAt((value as Record<string, unknown> | null | undefined)?.[key], rest);
  return Array.isArray(value) ? value.flatMap((element) => valuesAt(element, rest)) : valuesAt(value, rest);
}

function withValuesAt(
  value: unknown,
  [key, ...rest]: readonly string[],
  values: Iterator<unknown>,
  copied: (own: object, copy: object) => void,
): unknown {
  if (key === undefined) return values.next().value;
  if (key === EVERY && !Array.isArray(value)) return withValuesAt(value, rest, values, copied);
  if (key === EVERY) {
    const copy = (value as unknown[]).map((element) => withValuesAt(element, rest, values, copied));
    copied(value as unknown[], copy);
    return copy;
  }
  const holder = value as Record<string, unknown> | null | undefined;
  const replaced = withValuesAt(holder?.[key], rest, values, copied);
  if (holder === null || holder === undefined || holder[key] === replaced) return value;
  const copy = { ...holder, [key]: replaced };
  copied(holder, copy);
  return copy;
}

/** Lists are copied with their class; of other objects plain ones are. */
function rigidHolderAt(
  value: unknown,
  [key, ...rest]: readonly string[],
  isReplaced: (value: unknown) => boolean,
): object | undefined {
  if (key === undefined || typeof value !== "object" || value === null) return undefined;
  if (key === EVERY) {
    const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
    return firstOf(elements, (element) => rigidHolderAt(element, rest, isReplaced));
  }
  const held = (value as Record<string, unknown>)[key];
  const inner = rigidHolderAt(held, rest, isReplaced);
  if (inner !== undefined) return inner;
  return !isPlain(value) && valuesAt(held, rest).some((each) => isReplaced(each)) ? value : undefined;
}

/** Whether an object has no class, in whatever realm. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function firstOf<T, R>(list: readonly T[], find: (each: T) => R | undefined): R | undefined {
  for (const each of list) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
