// One call of a generated library, held to the model: what explain says, who runs it, as it is and in a trace.
import { deepStrictEqual, ok } from "node:assert/strict";
import { type BackendSystem, DispatchError, explain, invoke, type ScopeOptions, trace } from "../../../src/index.ts";
import { type Line, outcomeOf, type Outcome, type Reason, targetsOf } from "./call.ts";
import { isWithoutArguments } from "./choice.ts";
import { argumentsOf, type Given, type Library, madeBy, type Types } from "./library.ts";
import { conversionsOf, countsAs } from "./matching.ts";
import type { ModelCall, ModelScope } from "./world.ts";

/** In which of their forms scopes and choices are given. */
export interface Form {
  readonly scope: "body" | "wrapped" | "block";
  readonly isInvoked: boolean;
}

/**
 * Makes a call several times, and compares what becomes of it.
 *
 * @throws AssertionError where that is not what the model says.
 */
export function compare(library: Library, scopes: readonly ModelScope[], given: ModelCall, form: Form): void {
  const { world, types, system } = library;
  const isThere = (name: string): boolean => world.backends.some((backend) => backend.name === name);
  const present = scopes.map((scope) => presentIn(scope, isThere));
  const call = { ...given, backend: given.backend !== undefined && isThere(given.backend) ? given.backend : undefined };
  const expected = outcomeOf(world, library.order, present, call);

  const fn = library.functions.get(call.function)!;
  const options = {
    ...(call.like !== undefined && { like: types.values.get(call.like) }),
    ...(call.chunks !== undefined && { chunks: call.chunks }),
  };
  const choice = call.backend === undefined ? undefined : { backend: call.backend };
  const isPlain = choice === undefined && Object.keys(options).length === 0;
  const args = argumentsOf(call, types.values, isPlain ? undefined : { ...options, ...choice });
  const bare = argumentsOf(call, types.values, Object.keys(options).length === 0 ? undefined : options);
  const run = (): unknown =>
    form.isInvoked && choice !== undefined ? invoke(fn, choice.backend)(...bare) : fn(...args);
  const within = <R>(body: () => R): R => inScopes(system, present, types, form.scope, body);

  const explanation = within(() => explain(fn, ...args));
  deepStrictEqual(explanation.considered.map(lineOf), expected.explained, "what explain says");
  const first = attempt(library, () => within(run));
  checkResult(library, call, expected, first);
  const again = attempt(library, () => within(run));
  checkResult(library, call, expected, again);
  let traced: Attempt | undefined;
  const { calls } = within(() => trace(() => (traced = attempt(library, run))));
  checkResult(library, call, expected, traced!);
  deepStrictEqual(calls[0]!.considered.map(lineOf), expected.lines, "what the trace says");
  checkResult(
    library,
    call,
    expected,
    attempt(library, () => within(run)),
  );
}

interface Attempt {
  readonly result?: unknown;
  readonly error?: DispatchError;
  readonly given: Given | undefined;
}

function attempt(library: Library, run: () => unknown): Attempt {
  library.given = undefined;
  try {
    const result = run();
    return { result, given: library.given };
  } catch (error) {
    if (error instanceof DispatchError) return { error, given: library.given };
    throw error;
  }
}

function checkResult(library: Library, call: ModelCall, expected: Outcome, attempted: Attempt): void {
  const { world, types } = library;
  const { result, error, given } = attempted;
  const { run, isForced } = expected;
  if (run === undefined) {
    deepStrictEqual(error?.code, isForced ? "ERR_DISPATCH_REFUSED" : "ERR_DISPATCH_NO_IMPLEMENTATION");
    const refusals = error!.refusals.map(({ backend, reason }) => ({ backend, reason: reasonOf(reason) }));
    deepStrictEqual(
      refusals,
      expected.lines.map(({ backend, reason }) => ({ backend, reason })),
      "why nobody runs it",
    );
    return;
  }
  if (error !== undefined && error.code !== "ERR_DISPATCH_CONVERSION") throw error;
  deepStrictEqual(given?.backend, run.backend.name, "who runs it");
  const isStuck = !isWithoutArguments(call) && hasNoWayBack(library, call, expected, given!);
  if (isStuck) deepStrictEqual(error?.code, "ERR_DISPATCH_CONVERSION", "no conversion leads back");
  else if (error !== undefined) throw error;
  if (isWithoutArguments(call)) return checkMade(library, expected, result);
  let isFirst = true;
  const converted = call.args.map((type) => (type === undefined || type === null ? [] : targetsOf(world, run, type)));
  for (const [i, type] of call.args.entries()) {
    if (type === undefined || type === null) continue;
    const value: unknown = given!.values[i];
    const targets = converted[i]!;
    if (targets.length === 0) ok(value === types.values.get(type), `argument ${i} is the caller's own`);
    else ok(targets.includes(types.nameOf(value)!), `argument ${i} is converted`);
    if (!isFirst || isStuck) continue;
    isFirst = false;
    // Implementations give back their first argument.
    const caller = countsAs(world, type);
    const made: string = types.nameOf(value)!;
    const goesBack = targets.length > 0 && made !== expected.type && conversionsOf(world, made).has(caller!);
    if (goesBack) deepStrictEqual(types.nameOf(result), caller, "the result is of the caller's type");
    else if (targets.length > 0 || converted.every((all) => all.length === 0))
      ok(result === value, "the result is as it was made");
  }
}

/** Whether what an implementation gives back, its first argument, is of a type that is neither the caller's nor asked for. */
function hasNoWayBack({ world, types }: Library, call: ModelCall, expected: Outcome, given: Given): boolean {
  const classes = call.args.map((type) => (type === undefined || type === null ? undefined : type));
  const first = classes.findIndex((type) => type !== undefined);
  const made = countsAs(world, types.nameOf(given.values[first])!);
  const isConverted = classes.some(
    (type) => type !== undefined && targetsOf(world, expected.run!, type).includes(made!),
  );
  if (!isConverted || made === expected.type) return false;
  if (classes.some((type) => type !== undefined && countsAs(world, type) === made)) return false;
  const converted = classes.find((type) => type !== undefined && targetsOf(world, expected.run!, type).length > 0);
  return !conversionsOf(world, made!).has(countsAs(world, converted!)!);
}

/** Of a call without arguments: what is made is as it was made, or of the type that was asked for. */
function checkMade({ world, types }: Library, { run, type }: Outcome, result: unknown): void {
  const made = madeBy(world, run!.backend.name);
  const targets = type === undefined ? [] : targetsOf(world, run!, type);
  if (targets.length === 0) deepStrictEqual(types.nameOf(result), made, "what is made is as it was made");
  else if (targets.length === 1 && targets[0] === made)
    deepStrictEqual(types.nameOf(result), countsAs(world, type!), "what is made is of the type asked for");
}

/** What the words of reasons begin with. */
const WORDS: readonly (readonly [Reason, RegExp])[] = [
  ["blocked", /^blocked by the environment: /],
  ["another was chosen", /^another backend was chosen explicitly$/],
  ["disabled", /^disabled in this scope$/],
  ["not implemented", /^does not implement this function$/],
  ["opt-in", /^opt-in: /],
  ["no fallback", /^the library does not stand in for a backend that was put first$/],
  [
    "types, but for a conversion",
    /^(does not work on|no argument is of its primary types) .*; prioritize it to convert$/,
  ],
  ["types", /^(does not work on|no argument is of its primary types|no conversion leads from) [^;]*$/],
  ["nothing to choose it by", /^no argument is there to choose it by: /],
  ["no argument to convert", /^does not make values of the type asked for, and has no argument to convert$/],
  ["no way back", /^makes a .*, and no conversion leads from there to /],
  ["option", /^does not know the option "chunks"$/],
  ["answer", /^would rather not$/],
  ["deferred", /^rather not$/],
];

function reasonOf(words: string): string | undefined {
  return words === "" ? undefined : (WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? words);
}

interface Considered {
  readonly backend: string;
  readonly verdict: string;
  readonly reason: string;
}

function lineOf({ backend, verdict, reason }: Considered): Line {
  const runs = verdict === "runs" || verdict === "ran";
  return { backend, verdict: runs ? "runs" : verdict, reason: runs ? undefined : reasonOf(reason) } as Line;
}

function presentIn(
  { prioritize, disable, exclusive, type }: ModelScope,
  isThere: (name: string) => boolean,
): ModelScope {
  const there = (names: readonly string[]): readonly string[] => names.filter(isThere);
  const first = Array.isArray(prioritize)
    ? there(prioritize)
    : Object.fromEntries(Object.entries(prioritize).map(([target, names]) => [target, there(names)]));
  return {
    ...{ prioritize: first, disable: there(disable), type },
    exclusive: exclusive !== undefined && isThere(exclusive) ? exclusive : undefined,
  };
}

function inScopes<R>(
  system: BackendSystem,
  [outer, ...inner]: readonly ModelScope[],
  types: Types,
  form: Form["scope"],
  body: () => R,
): R {
  if (outer === undefined) return body();
  const { prioritize, disable, exclusive, type } = outer;
  const choice: ScopeOptions = {
    ...{ prioritize, disable },
    ...(exclusive !== undefined && { exclusive }),
    ...(type !== undefined && { type: types.identifier(type) }),
  };
  const rest = (): R => inScopes(system, inner, types, form, body);
  if (form === "body") return system.backend(choice, rest);
  if (form === "wrapped") return system.backend.wrap(choice, rest)();
  const open = system.backend(choice);
  try {
    return rest();
  } finally {
    open[Symbol.dispose]();
  }
}
