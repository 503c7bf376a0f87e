import { display } from "./display.ts";
import { listedFor } from "./spelling.ts";
import { warn } from "./warning.ts";

/** That one backend goes before another. */
interface EnvironmentOrder {
  readonly before: string;
  readonly after: string;
}

/** What the environment says of one library's backends. Names may be unknown. */
export interface Environment {
  /** What the names of its variables begin with, without the underscore. */
  readonly prefix: string;
  readonly prioritize: readonly string[];
  readonly block: readonly string[];
  readonly order: readonly EnvironmentOrder[];
  /** Whether calls are recorded on the terminal. */
  readonly trace: boolean;
  /** Whether calls are dispatched at all. */
  readonly dispatch: boolean;
  /** Backends to go first, by function or group: its name as in the variable. */
  readonly functions: ReadonlyMap<string, readonly string[]>;
  /** Backends to go first for one function: those of its own variable, then those of its group's. */
  forFunction(name: string, group: string | undefined): readonly string[];
}

const NONE: readonly string[] = [];
const OFF: ReadonlySet<string> = new Set(["", "0", "false", "no", "off"]);
const ON: ReadonlySet<string> = new Set(["1", "true", "yes", "on"]);

/** What a library's variables begin with: its name in capitals, everything but letters and digits as `_`. */
export function prefixOf(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
}

/**
 * Reads a library's variables: `_PRIORITIZE=a,b`, `_BLOCK=a`, `_ORDER=a>b,c>b`, `_BACKEND_<FUNCTION>=a`, `_TRACE=1` and
 * `_DISPATCH=0`. A value that makes no sense is a warning, and is ignored; nothing throws.
 */
export function readEnvironment(prefix: string): Environment {
  const read = <T>(name: string, parse: (value: string) => T, absent: T): T => {
    const variable = `${prefix}_${name}`;
    const value = process.env[variable];
    if (value === undefined) return absent;
    try {
      return parse(value.trim());
    } catch (error) {
      warnOf(variable, `${display(value)} ${(error as Error).message}; it is ignored`);
      return absent;
    }
  };
  const functions = new Map<string, string[]>();
  for (const variable of Object.keys(process.env)) {
    if (!variable.startsWith(`${prefix}_BACKEND_`)) continue;
    const key = variable.slice(`${prefix}_BACKEND_`.length);
    functions.set(key, read(`BACKEND_${key}`, parseNames, []));
  }
  return {
    prefix,
    prioritize: read("PRIORITIZE", parseNames, []),
    block: read("BLOCK", parseNames, []),
    order: read("ORDER", parseOrder, []),
    functions,
    trace: read("TRACE", parseSwitch, false),
    dispatch: read("DISPATCH", parseSwitch, true),
    forFunction(name, group) {
      if (functions.size === 0) return NONE;
      const own = functions.get(prefixOf(name)) ?? [];
      const shared = (group !== undefined && functions.get(prefixOf(group))) || [];
      return [...new Set([...own, ...shared])];
    },
  };
}

/** Warns of orders that were ignored, as they contradict others. */
export function warnOfIgnoredOrder({ prefix }: Environment, ignored: readonly EnvironmentOrder[]): void {
  if (ignored.length === 0) return;
  const edges = ignored.map(({ before, after }) => `${before}>${after}`).join(", ");
  warnOf(`${prefix}_ORDER`, `contradicts itself; ignored is ${edges}, which closes a circle`);
}

/** A library's backends and functions, which its environment may name. */
interface NamedParts {
  readonly environment: Environment;
  readonly backends: ReadonlyMap<number, { readonly name: string }>;
  readonly dispatchables: ReadonlyMap<string, { readonly name: string; readonly group: string | undefined }>;
}

/**
 * Warns, once per variable, of names that the environment gives and that nothing has so far: what comes later under one
 * of them is heeded all the same. To be asked once.
 */
export function warnOfUnknownNames({ environment, backends, dispatchables }: NamedParts): void {
  const known = [...backends.values()].map(({ name }) => name);
  const check = (variable: string, names: readonly string[]): void => {
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length === 0) return;
    const nouns = unknown.length === 1 ? "no backend is" : "no backends are";
    const list = listedFor(unknown[0]!, known, display);
    warnOf(variable, `so far ${nouns} called ${unknown.map(display).join(", ")}; there are ${list}`);
  };
  const { prefix, prioritize, block, order, functions } = environment;
  check(`${prefix}_PRIORITIZE`, prioritize);
  check(`${prefix}_BLOCK`, block);
  check(`${prefix}_ORDER`, [...new Set(order.flatMap(({ before, after }) => [before, after]))]);
  const keys = new Set(
    [...dispatchables.values()].flatMap(({ name, group = name }) => [prefixOf(name), prefixOf(group)]),
  );
  for (const [key, names] of functions) {
    const variable = `${prefix}_BACKEND_${key}`;
    if (keys.has(key)) check(variable, names);
    else warnOf(variable, `so far no function or group is called so; there are ${listedFor(key, keys)}`);
  }
}

function parseNames(value: string): string[] {
  if (OFF.has(value.toLowerCase())) return [];
  const names = value.split(",").map((name) => name.trim());
  if (names.every((name) => /^[^\s>]+$/.test(name))) return [...new Set(names)];
  throw new Error("is no list of backends; expected names with commas between them, as in a,b");
}

function parseOrder(value: string): EnvironmentOrder[] {
  if (OFF.has(value.toLowerCase())) return [];
  return value.split(",").flatMap((chain) => {
    const names = chain.split(">").map((name) => name.trim());
    if (names.length < 2 || !names.every((name, i) => /^\S+$/.test(name) && name !== names[i + 1])) {
      throw new Error("is no order of backends; expected pairs with commas between them, as in a>b,c>b");
    }
    return names.slice(1).map((after, i) => ({ before: names[i]!, after }));
  });
}

function parseSwitch(value: string): boolean {
  const word = value.toLowerCase();
  if (OFF.has(word)) return false;
  if (ON.has(word)) return true;
  throw new Error("is neither on (1, true, yes, on) nor off (0, false, no, off or empty)");
}

function warnOf(variable: string, problem: string): void {
  warn("TAGSWITCH_ENVIRONMENT", `environment variable ${variable}: ${problem}`);
}
