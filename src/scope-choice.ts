import { findBackend } from "./backend-record.ts";
import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import type { Copies, ScopeChange } from "./scope.ts";
import { listedFor } from "./spelling.ts";
import type { SystemRecord } from "./system-record.ts";
import { type Class, tagOfType, type TypeIdentifier } from "./type-identifier.ts";

/** Backends by name, the first one first. */
type Names = string | readonly string[];

/** What a scope changes, by the names of a system's backends. */
export interface ScopeOptions {
  /**
   * Tried first, in this order; arguments are converted to their types and results back. An object says it for
   * functions and groups by their names: `{ "filters.gaussian": "a", filters: ["a", "b"] }`.
   */
  prioritize?: Names | Readonly<Record<string, Names>>;
  /** Never tried. An outer scope cannot prioritize them back; an inner one can. */
  disable?: Names;
  /** The only backend tried: where it refuses, the call is an error. */
  exclusive?: string;
  /** A type that every call of the system is to work with, beside those of its arguments. Results may be of it. */
  type?: TypeIdentifier | Class;
  /** Whether conversions may move data between devices: `"warn"` tells of the second copy of one object. */
  copies?: Copies;
}

/** Backends to go first, or more options. */
export type BackendChoice = string | readonly string[] | ScopeOptions;

/** A choice whose form is right; names may still be unknown. */
interface CheckedChoice {
  readonly prioritize: readonly string[];
  readonly targets: readonly (readonly [target: string, backends: readonly string[]])[];
  readonly disable: readonly string[];
  readonly exclusive: readonly string[];
  readonly type: number;
  readonly copies: Copies | undefined;
}

const OPTIONS: ReadonlySet<string> = new Set(["prioritize", "disable", "exclusive", "type", "copies"]);
const NONE: readonly never[] = [];
const COPIES: ReadonlySet<unknown> = new Set(["allow", "warn", "forbid", undefined]);

/**
 * Checks the form of a choice.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
 */
export function checkChoice(choice: BackendChoice): CheckedChoice {
  if (typeof choice === "string" || Array.isArray(choice)) {
    const prioritize = namesOf("prioritize", choice);
    return { prioritize, targets: NONE, disable: NONE, exclusive: NONE, type: 0, copies: undefined };
  }
  const options = choice as ScopeOptions;
  const given = typeof options === "object" && options !== null ? Object.keys(options) : [display(options)];
  for (const name of given) {
    if (OPTIONS.has(name)) continue;
    const message = `a scope takes backends' names or an object of ${[...OPTIONS].join(", ")}; it was given ${name}`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const { prioritize, disable, exclusive, type, copies } = options;
  if (!COPIES.has(copies)) {
    const message = `a scope's copies is ${display(copies)}; expected "allow", "warn" or "forbid"`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const targeted = typeof prioritize === "object" && prioritize !== null && !Array.isArray(prioritize);
  const checked: CheckedChoice = {
    prioritize: targeted ? NONE : namesOf("prioritize", prioritize),
    targets: targeted ? Object.entries(prioritize).map(([name, value]) => [name, namesOf("prioritize", value)]) : NONE,
    disable: namesOf("disable", disable),
    exclusive: exclusive === undefined ? NONE : [nameOf("exclusive", exclusive)],
    type: type === undefined ? 0 : tagOfType(type, "a scope's type is a class or an identifier"),
    copies,
  };
  refuseContradiction(checked);
  return checked;
}

function refuseContradiction({ prioritize, targets, disable, exclusive }: CheckedChoice): void {
  const first = new Set([...prioritize, ...targets.flatMap(([, backends]) => backends)]);
  const contradicted = disable.find((name) => exclusive.includes(name) || first.has(name));
  if (contradicted === undefined) return;
  const other = exclusive.includes(contradicted) ? "makes it the only one" : "puts it first";
  const message = `a scope disables backend "${contradicted}" and ${other}; leave out one of the two, or nest two scopes`;
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
}

/** Tells choices apart that change different things of a system. No backend's name begins like it. */
export function keyOf({ dispatchables }: SystemRecord, choice: CheckedChoice): string {
  const { prioritize, targets, disable, exclusive, type, copies } = choice;
  let key = `\0${type}${copies ?? ""}`;
  for (const list of [prioritize, disable, exclusive]) key += `\0;${list.join("\0,")}`;
  // A group's name may become a function's.
  for (const [target, backends] of targets) {
    key += `\0;${target}\0${dispatchables.has(target) ? "=" : ":"}${backends.join("\0,")}`;
  }
  return key;
}

/**
 * What a choice changes for a system.
 *
 * @throws DispatchError `ERR_DISPATCH_UNKNOWN_BACKEND`, `ERR_DISPATCH_UNKNOWN_FUNCTION`.
 */
export function changeOf(system: SystemRecord, choice: CheckedChoice): ScopeChange {
  const ids = (names: readonly string[]): number[] => names.map((name) => findBackend(system, name));
  const functions: { dispatchable: number; backends: number[] }[] = [];
  const groups: { system: number; name: string; backends: number[] }[] = [];
  for (const [target, names] of choice.targets) {
    const dispatchable = system.dispatchables.get(target)?.id;
    const backends = ids(names);
    if (dispatchable === undefined) groups.push({ system: system.id, name: groupOf(system, target), backends });
    else functions.push({ dispatchable, backends });
  }
  const declaration = {
    prioritize: ids(choice.prioritize),
    disable: ids(choice.disable),
    exclusive: ids(choice.exclusive),
    types: choice.type === 0 ? [] : [{ system: system.id, tag: choice.type }],
    functions,
    groups,
  };
  return { declaration, copies: choice.copies };
}

function groupOf({ name, dispatchables }: SystemRecord, target: string): string {
  const groups = new Set([...dispatchables.values()].flatMap(({ group }) => group ?? []));
  if (groups.has(target)) return target;
  const there = listedFor(target, [...dispatchables.keys(), ...groups], display);
  const message = `${name} has no function or group ${display(target)}; it has ${there || "none"}`;
  throw new DispatchError("ERR_DISPATCH_UNKNOWN_FUNCTION", message);
}

function namesOf(option: string, given: unknown): readonly string[] {
  if (given === undefined) return NONE;
  if (!Array.isArray(given)) return [nameOf(option, given)];
  return given.map((name: unknown) => nameOf(option, name));
}

function nameOf(option: string, given: unknown): string {
  if (typeof given === "string") return given;
  const expected = option === "exclusive" ? "a backend's name" : "a backend's name or several";
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", `a scope's ${option} is ${display(given)}; expected ${expected}`);
}
