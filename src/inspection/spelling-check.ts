import { nearest } from "../spelling.ts";
import type { SurveyedBackend, SurveyedSystem } from "./survey.ts";

/** What a system is known to have. */
export interface KnownNames {
  /** All functions; `undefined` where the library is not loaded. */
  readonly functions: readonly string[] | undefined;
  /** Types that the library or code knows; there may be others. */
  readonly types: readonly string[];
  /** Backends registered by code; there may be others where the library is not loaded. */
  readonly backends: readonly string[];
}

type FoundBackend = SurveyedBackend & { readonly state: "found" };

/**
 * Misspelt names in the manifests of a system's backends, each with what was probably meant. Where the library is not
 * known, manifests are compared with those before them: of two that differ by a letter, one is named.
 */
export function misspellings({ backends }: SurveyedSystem, known?: KnownNames): string[] {
  const found = backends.filter(({ state }) => state === "found") as FoundBackend[];
  return found.flatMap((backend, i) => misspelt(backend, found, found.slice(0, i), known));
}

function misspelt(
  { name, source, package: { name: packageName } }: FoundBackend,
  all: readonly FoundBackend[],
  before: readonly FoundBackend[],
  known: KnownNames | undefined,
): string[] {
  const { manifest, file } = source;
  const others = before.map((other) => other.source.manifest);
  const of = `backend "${name}" of ${packageName}`;
  const functions = known?.functions ?? others.flatMap((other) => Object.keys(other.functions));
  const unknownFunctions = Object.keys(manifest.functions).flatMap((fn) => {
    if (functions.includes(fn)) return [];
    const meant = nearest(fn, functions);
    if (meant === undefined && known?.functions === undefined) return [];
    const advice = meant === undefined ? "the library has no such function" : `did you mean "${meant}"?`;
    return [`${of} implements "${fn}", which is unknown: ${advice} (${file})`];
  });
  const types = new Set([...(known?.types ?? []), ...others.flatMap(typesIn), ...globalTypes()]);
  const unknownTypes = typesIn(manifest).flatMap((type) => {
    const meant = types.has(type) ? undefined : nearest(type, types);
    return meant === undefined
      ? []
      : [`${of} names the type "${type}", which is unknown: did you mean "${meant}"? (${file})`];
  });
  const ordered = [...(manifest.higherPriorityThan ?? []), ...(manifest.lowerPriorityThan ?? [])];
  const names = ["default", ...all.map((other) => other.name), ...(known?.backends ?? [])];
  const unknownBackends = ordered.flatMap((other) => {
    const meant = names.includes(other) ? undefined : nearest(other, names);
    return meant === undefined
      ? []
      : [`${of} has its place beside "${other}", which is unknown: did you mean "${meant}"? (${file})`];
  });
  return [...unknownFunctions, ...new Set(unknownTypes), ...unknownBackends];
}

type Typed = Pick<FoundBackend["source"]["manifest"], "primary" | "secondary" | "converters">;

function typesIn({ primary, secondary = [], converters = [] }: Typed): string[] {
  const named = [...primary, ...secondary].map((type) => (typeof type === "string" ? type : type.type));
  return [...named, ...converters.flatMap(({ from, to }) => [from, to])];
}

/** The language's own types. */
function globalTypes(): string[] {
  const classes = Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z]/.test(name));
  return [...["number", "string", "boolean", "bigint", "symbol"], ...classes].map((name) => `js:${name}`);
}
