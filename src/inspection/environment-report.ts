import { nearest } from "../spelling.ts";
import { type Environment, prefixOf, readEnvironment } from "../environment.ts";
import { findSystem } from "../system-record.ts";

/** A variable that is set, and how it was understood. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** What the names of a system's variables begin with: what its library chose, where that is loaded. */
export function variablePrefix(system: string): string {
  return findSystem(system)?.environment.prefix ?? prefixOf(system);
}

const NAMES = ["PRIORITIZE", "BLOCK", "ORDER", "TRACE", "DISPATCH"];

/**
 * The variables that are set for a system, and problems: those that nothing reads. What readEnvironment has against a
 * value it says as a warning.
 */
export function environmentReport(prefix: string): { variables: EnvironmentVariable[]; problems: string[] } {
  const environment = readEnvironment(prefix);
  const set = Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined && name.startsWith(`${prefix}_`) ? [{ name, value, key: name.slice(prefix.length + 1) }] : [],
  );
  const variables = set.flatMap(({ name, value, key }) => {
    const meaning = meaningOf(key, environment);
    return meaning === undefined ? [] : [{ name, value, meaning }];
  });
  const problems = set.flatMap(({ name, key }) => {
    if (meaningOf(key, environment) !== undefined) return [];
    const meant = nearest(key, NAMES);
    return meant === undefined
      ? []
      : [`environment variable ${name}: nothing reads it; did you mean ${prefix}_${meant}?`];
  });
  return { variables, problems };
}

function meaningOf(key: string, environment: Environment): string | undefined {
  const { prioritize, block, order, trace, dispatch, functions } = environment;
  if (key.startsWith("BACKEND_")) {
    const names = functions.get(key.slice("BACKEND_".length)) ?? [];
    return `${list(names)} first for ${key.slice("BACKEND_".length)}`;
  }
  const meanings: Readonly<Record<string, string>> = {
    PRIORITIZE: `${list(prioritize)} first`,
    BLOCK: `${list(block)} never, and not looked at`,
    ORDER: order.length === 0 ? "nothing" : order.map(({ before, after }) => `${before} before ${after}`).join(", "),
    TRACE: trace ? "calls are printed" : "calls are not printed",
    DISPATCH: dispatch ? "calls are dispatched" : "every call runs the library's own implementation",
  };
  return Object.hasOwn(meanings, key) ? meanings[key] : undefined;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "nobody" : names.join(", then ");
}
