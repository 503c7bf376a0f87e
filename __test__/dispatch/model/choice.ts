// What users chose, by scopes, calls and the environment.
import type { ModelCall, ModelFunction, ModelScope, World } from "./world.ts";

/** What was chosen for a call. */
export interface Choice {
  /** Those put first, in order. */
  readonly prioritized: readonly string[];
  readonly disabled: readonly string[];
  /** The only one allowed. */
  readonly forced: string | undefined;
  /** The type that is asked for beside those of the arguments, or for lack of any. */
  readonly type: string | undefined;
}

/** @param scopes the outermost first. */
export function choiceOf(world: World, scopes: readonly ModelScope[], call: ModelCall): Choice {
  const called = world.functions.find(({ name }) => name === call.function)!;
  let prioritized = saidByEnvironment(world, called);
  let disabled: readonly string[] = [];
  let forced: string | undefined;
  let type: string | undefined;
  for (const scope of scopes) {
    const isOff = (name: string): boolean => scope.disable.includes(name);
    const first = saidByScope(scope, called).filter((name) => !isOff(name));
    prioritized = unique([...first, ...prioritized.filter((name) => !isOff(name))]);
    disabled = [...disabled.filter((name) => !first.includes(name)), ...scope.disable];
    if (forced !== undefined && isOff(forced)) forced = undefined;
    if (scope.exclusive !== undefined) forced = scope.exclusive;
    if (scope.type !== undefined) type = scope.type;
  }
  if (call.backend !== undefined) forced = call.backend;
  if (call.like !== undefined && isWithoutArguments(call)) type = call.like;
  return { prioritized, disabled, forced, type };
}

/** Whether every argument that would decide is missing. */
export function isWithoutArguments({ args }: ModelCall): boolean {
  return args.every((type) => type === undefined || type === null);
}

function saidByScope({ prioritize }: ModelScope, { name, group }: ModelFunction): readonly string[] {
  if (isList(prioritize)) return unique(prioritize);
  return unique([...(prioritize[name] ?? []), ...((group !== undefined && prioritize[group]) || [])]);
}

function saidByEnvironment({ environment, backends }: World, { name, group }: ModelFunction): readonly string[] {
  const { functions, prioritize } = environment;
  const all = [...(functions[name] ?? []), ...((group !== undefined && functions[group]) || []), ...prioritize];
  return unique(all.filter((each) => backends.some((backend) => backend.name === each)));
}

function isList(names: ModelScope["prioritize"]): names is readonly string[] {
  return Array.isArray(names);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
