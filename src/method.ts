import { type DispatchArgument, LAST_POSITION } from "./dispatch-arguments.ts";
import {
  createDispatchable,
  type Dispatchable,
  type DispatchableConfig,
  type DispatchableRecord,
  lastPart,
  standsFor,
} from "./dispatchable.ts";
import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { fittedBackend } from "./fitted.ts";
import { receiverFirst } from "./implementation.ts";
import type { Implementation } from "./realm.ts";
import { choose } from "./resolution.ts";
import type { SystemRecord } from "./system-record.ts";
import { listed, unknownMember } from "./unknown-member.ts";

/** Where a dispatch argument of a method is: as of a function, or the object whose method it is. */
export type MethodArgument = DispatchArgument | "this";

/** How a dispatchable method is called. Positions count its own arguments. */
export interface MethodConfig extends Omit<DispatchableConfig, "on" | "mutates" | "output"> {
  /** As of a dispatchable; `"this"` is the object whose method is called. A function gets that object as `this`. */
  on: readonly MethodArgument[] | ((...args: never[]) => readonly unknown[]);
  /** Positions of the arguments that a call changes. */
  mutates?: readonly (number | "this")[];
  /**
   * The method fits its object: what it learns, only the backend that ran it can read. So the object's other methods
   * run on that backend, whatever is put first by then, as if each call said `{ backend }`; one that does say so is
   * heard. Fitting again may choose anew.
   */
  fits?: boolean;
}

/** A function on a prototype. */
export type Method = (this: never, ...args: never[]) => unknown;

/** What becomes of a method by standard (TC39) decorators. */
export type DispatchDecorator = <F extends Method>(method: F, context: ClassMethodDecoratorContext) => F;

/** What makes methods dispatchable. */
export interface MethodMaker {
  /** As a decorator. */
  (name: string, config: MethodConfig): DispatchDecorator;
  /** As a function that is put on a prototype. */
  <F extends Method>(name: string, config: MethodConfig, implementation: F): Dispatchable<F>;
}

/**
 * Both forms of making methods dispatchable.
 *
 * @param add does it.
 */
export function methodMaker(
  add: (name: string, config: MethodConfig, own: Implementation) => Implementation,
): MethodMaker {
  const make = (name: string, config: MethodConfig, ...rest: readonly unknown[]): unknown => {
    if (rest.length === 0) {
      return (decorated: Implementation, context: ClassMethodDecoratorContext): Implementation => {
        checkDecorated(name, context);
        return add(name, config, decorated);
      };
    }
    const [own] = rest;
    if (typeof own === "function") return add(name, config, own as Implementation);
    const message = `method(${display(name)}, …) was given ${display(own)}; expected a function`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  };
  return make as MethodMaker;
}

/** Makes a method of `system` dispatchable. */
export function createMethod(
  system: SystemRecord,
  name: string,
  config: MethodConfig,
  own: Implementation,
): { method: Implementation; record: DispatchableRecord } {
  const fits = config?.fits === true;
  const { call, record } = createDispatchable(system, name, withReceiver(name, config), receiverFirst(own), { fits });
  const follows = !fits && system.environment.dispatch;
  const method = function (this: unknown, ...args: unknown[]): unknown {
    if (!follows || fittedBackend(this, system) === undefined) return call(this, ...args);
    // The stub knows nothing of objects, only of their types.
    const all = [this, ...args];
    return choose(record, all)(...all);
  };
  standsFor(method, record);
  Object.defineProperty(method, "name", { value: own.name || lastPart(name), configurable: true });
  Object.defineProperty(method, "length", { value: own.length, configurable: true });
  return { method, record };
}

/**
 * Checks that a decorator stands on a method that backends can reach.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
 */
function checkDecorated(name: string, context: ClassMethodDecoratorContext): void {
  const { kind, private: isPrivate }: { kind?: string; private?: boolean } = context ?? {};
  if (kind === "method" && !isPrivate) return;
  const given =
    kind === undefined ? "without a context, as old decorators do," : `a ${isPrivate ? "private " : ""}${kind}`;
  const message = `method(${display(name)}, …) decorates ${given}; expected a method that is not private, or a function as the third argument`;
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
}

const MEMBERS: ReadonlySet<string> = new Set([
  ...["on", "replace", "options", "optionNames", "group", "mutates", "validate", "fits"],
]);

/** The configuration of the function below a method: its first argument is the object. */
function withReceiver(name: string, config: MethodConfig): DispatchableConfig {
  const { on, replace, options, optionNames, mutates, validate, fits, group }: Partial<MethodConfig> = config ?? {};
  const wrong = (expected: string): DispatchError => {
    const message = `method(${display(name)}, ${display(config)}, …): expected ${expected}`;
    return new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  };
  const isPosition = (at: unknown): boolean =>
    Number.isInteger(at) && (at as number) >= 0 && (at as number) < LAST_POSITION;
  const isPlace = (at: unknown): boolean => at === "this" || isPosition(at) || (Array.isArray(at) && isPosition(at[0]));
  if (unknownMember(config ?? {}, MEMBERS) !== undefined) throw wrong(`no more than ${listed(MEMBERS)}`);
  const isFunction = typeof on === "function";
  if (!isFunction && !(Array.isArray(on) && on.every(isPlace))) {
    throw wrong('the dispatch arguments\' positions, from 0 to 14, paths or "this", as in { on: [0] }');
  }
  if (mutates !== undefined && !(Array.isArray(mutates) && mutates.every((at) => at === "this" || isPosition(at)))) {
    throw wrong('mutates to be positions, from 0 to 14, or "this"');
  }
  if (options !== undefined && !isPosition(options)) throw wrong("options to be a position, from 0 to 14");
  if (isFunction && options === undefined) throw wrong("the position of the options where on is a function");
  if (fits !== undefined && typeof fits !== "boolean") throw wrong("fits to be true or false");
  const after = isFunction ? -1 : Math.max(-1, ...(on as readonly MethodArgument[]).map(positionOf));
  return {
    on: isFunction
      ? (receiverFirst(on as Implementation) as typeof on)
      : (on as readonly MethodArgument[]).map(shifted),
    options: Math.min((options ?? after + 1) + 1, LAST_POSITION),
    ...(replace !== undefined && { replace: replaceAfterReceiver(replace) }),
    ...(mutates !== undefined && { mutates: mutates.map((at) => (at === "this" ? 0 : at + 1)) }),
    ...(validate !== undefined && { validate: receiverFirst(validate as Implementation) }),
    ...(optionNames !== undefined && { optionNames }),
    ...(group !== undefined && { group }),
  };
}

function positionOf(argument: MethodArgument): number {
  if (argument === "this") return -1;
  return typeof argument === "number" ? argument : argument[0];
}

function shifted(argument: MethodArgument): DispatchArgument {
  const position = positionOf(argument) + 1;
  return typeof argument === "object" ? [position, ...argument.slice(1).map(String)] : position;
}

function replaceAfterReceiver(replace: NonNullable<DispatchableConfig["replace"]>): typeof replace {
  return ([receiver, ...args], values) => [
    receiver,
    ...(Reflect.apply(replace, receiver, [args, values]) as unknown[]),
  ];
}
