// What becomes of a call.
import { type Choice, choiceOf, isWithoutArguments } from "./choice.ts";
import { accepts, conversionsOf, countsAs, isKnown, isPrimary, leads } from "./matching.ts";
import type { ModelBackend, ModelCall, ModelScope, World } from "./world.ts";

/** Why a backend does not run a call. */
export type Reason =
  | "blocked"
  | "another was chosen"
  | "disabled"
  | "not implemented"
  | "opt-in"
  | "no fallback"
  | "types"
  | "types, but for a conversion"
  | "nothing to choose it by"
  | "no argument to convert"
  | "no way back"
  | "option"
  | "answer"
  | "deferred";

/** What becomes of one backend. */
export interface Line {
  readonly backend: string;
  readonly verdict: "runs" | "refused" | "not reached";
  readonly reason: Reason | undefined;
}

/** A backend as it stands to a call, before it is asked. */
interface Standing {
  readonly backend: ModelBackend;
  readonly reason: Reason | undefined;
  readonly converts: boolean;
  readonly prioritized: boolean;
  readonly forced: boolean;
}

/** Who runs a call. */
export interface Run {
  readonly backend: ModelBackend;
  readonly converts: boolean;
}

/** What a call comes to. */
export interface Outcome {
  /** What is known beforehand. */
  readonly explained: readonly Line[];
  /** What is known afterwards. */
  readonly lines: readonly Line[];
  /** `undefined` where nobody runs it. */
  readonly run: Run | undefined;
  readonly isForced: boolean;
  /** The type that is asked for. */
  readonly type: string | undefined;
}

/**
 * What becomes of a call.
 *
 * @param base the order of the backends outside all scopes.
 * @param scopes the outermost first.
 */
export function outcomeOf(
  world: World,
  base: readonly string[],
  scopes: readonly ModelScope[],
  call: ModelCall,
): Outcome {
  const choice = choiceOf(world, scopes, call);
  const standings = standingsOf(world, base, choice, call);
  const attempts = attemptsOf(world, choice, standings, call);
  const willing = attempts.findIndex(({ reason }) => reason === undefined);
  const running = attempts.findIndex(({ reason, standing }) => reason === undefined && !standing.backend.defers);
  const linesUpTo = (end: number, deferrals: boolean): Line[] =>
    standings.map(({ backend, reason }) => {
      const at = attempts.findIndex(({ standing }) => standing.backend === backend);
      const isAsked = at >= 0 && (end < 0 || at <= end);
      const name = backend.name;
      if (isAsked && at === end) return { backend: name, verdict: "runs", reason: undefined };
      const why = reason ?? (isAsked ? (attempts[at]!.reason ?? (deferrals ? "deferred" : undefined)) : undefined);
      return { backend: name, verdict: why === undefined ? "not reached" : "refused", reason: why };
    });
  return {
    explained: linesUpTo(willing, false),
    lines: linesUpTo(running, true),
    run: attempts[running]?.standing,
    isForced: choice.forced !== undefined,
    type: choice.type,
  };
}

interface Attempt {
  readonly standing: Standing;
  /** Why it refused when it was asked. */
  readonly reason: Reason | undefined;
}

/** The backends that are asked, in the order in which they would run. */
function attemptsOf(world: World, choice: Choice, standings: readonly Standing[], call: ModelCall): Attempt[] {
  const candidates = standings.filter(({ reason }) => reason === undefined);
  const asked = candidates.map((standing): Attempt => ({ standing, reason: refusalOf(world, choice, standing, call) }));
  const isFallback = ({ standing }: Attempt): boolean => standing.converts && !standing.prioritized;
  const isLater = (attempt: Attempt): boolean =>
    attempt.reason === undefined && attempt.standing.backend.answer === "ifNeeded";
  return [
    ...asked.filter((attempt) => !isFallback(attempt) && !isLater(attempt)),
    ...asked.filter((attempt) => !isFallback(attempt) && isLater(attempt)),
    ...asked.filter(isFallback),
  ];
}

/** Why a backend that could run a call does not, when it is asked. */
function refusalOf(world: World, choice: Choice, standing: Standing, call: ModelCall): Reason | undefined {
  const { backend, converts, prioritized, forced } = standing;
  const others = world.backends.filter((other) => other.implements.includes(call.function));
  if (call.chunks !== undefined && !backend.hasOption && others.some(({ hasOption }) => hasOption)) return "option";
  // What is made was asked for: to put a backend first does not change that.
  if (converts && isWithoutArguments(call)) {
    if (!forced) return "no argument to convert";
    // One that was chosen makes what it can, which has to become what was asked for.
    const type = choice.type!;
    const targets = targetsOf(world, standing, type);
    if (!targets.every((target) => conversionsOf(world, target).has(countsAs(world, type)!))) return "no way back";
  }
  switch (backend.answer) {
    case "no":
    case "refuse":
      return "answer";
    case "prioritized":
      return prioritized ? undefined : "answer";
    case "forced":
      return forced ? undefined : "answer";
    default:
      return undefined;
  }
}

/** All backends in the order in which they are tried, those switched off last. */
function standingsOf(world: World, base: readonly string[], choice: Choice, call: ModelCall): Standing[] {
  const isOff = (name: string): boolean =>
    world.environment.block.includes(name) || (choice.disabled.includes(name) && choice.forced !== name);
  const on = [...new Set([...choice.prioritized, ...base])].filter((name) => !isOff(name));
  const all = [...on, ...base.filter(isOff)].map((name) => {
    const backend = world.backends.find((each) => each.name === name)!;
    return standingOf(world, choice, call, backend);
  });
  const tried = all.filter(({ backend }) => on.includes(backend.name));
  const isFallback = ({ reason, converts, prioritized }: Standing): boolean =>
    reason === undefined && converts && !prioritized;
  // What a library's policy converts comes last.
  return [
    ...tried.filter((each) => !isFallback(each)),
    ...tried.filter(isFallback),
    ...all.filter((each) => !tried.includes(each)),
  ];
}

function standingOf(world: World, choice: Choice, call: ModelCall, backend: ModelBackend): Standing {
  const { name } = backend;
  const forced = choice.forced === name;
  const prioritized = forced || choice.prioritized.includes(name);
  const isDefault = name === "default";
  const stands = (reason: Reason | undefined, converts = false): Standing => ({
    ...{ backend, reason, converts, prioritized, forced },
  });
  if (world.environment.block.includes(name)) return stands("blocked");
  if (choice.forced !== undefined && !forced) return stands("another was chosen");
  if (choice.disabled.includes(name) && !forced) return stands("disabled");
  if (!backend.implements.includes(call.function)) return stands("not implemented");
  if (backend.optIn && !prioritized) return stands("opt-in");
  const isAnotherFirst = choice.prioritized.some((other) => other !== "default");
  if (world.fallback === "raise" && isDefault && isAnotherFirst && !prioritized) return stands("no fallback");

  const types = call.args.filter((type) => type !== undefined && type !== null && isKnown(world, type)) as string[];
  if (choice.type !== undefined) types.push(choice.type);
  const creates = world.functions.find((each) => each.name === call.function)!.creates;
  if (creates && types.length === 0) {
    const makes = isDefault || forced || (prioritized && makesOwnTypes(world, backend));
    return stands(makes ? undefined : "nothing to choose it by");
  }
  if (backend.primary === undefined) return stands(undefined);
  const isPrimaryHere = (type: string): boolean => isPrimary(world, backend, type);
  const isAccepted = (type: string): boolean => accepts(world, backend, type);
  const leadsHere = (type: string): boolean => leads(world, backend, type);
  if (types.every(isAccepted) && types.some(isPrimaryHere)) return stands(undefined);
  const isConvertible =
    types.every((type) => isAccepted(type) || leadsHere(type)) &&
    types.some((type) => isPrimaryHere(type) || leadsHere(type));
  const mayConvert = prioritized || (isDefault && world.fallback === "convert");
  if (!isConvertible) return stands("types");
  return mayConvert ? stands(undefined, true) : stands("types, but for a conversion");
}

/** Whether one of the library's own types is among a backend's primary ones. */
function makesOwnTypes({ backends }: World, { primary = [] }: ModelBackend): boolean {
  const own = backends.find(({ name }) => name === "default")!.primary;
  return own === undefined || own.some(({ type }) => primary.some((other) => other.type === type));
}

/** The types that an argument may be converted to in such a run: the nearest primary ones. None where it stays. */
export function targetsOf(world: World, { backend, converts }: Run, type: string): string[] {
  if (!converts || isPrimary(world, backend, type)) return [];
  const costs = [...conversionsOf(world, type)].filter(([to]) => isPrimary(world, backend, to));
  const least = Math.min(...costs.map(([, cost]) => cost));
  return costs.filter(([, cost]) => cost === least).map(([to]) => to);
}
