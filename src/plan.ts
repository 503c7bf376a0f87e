import type { BackendVerdict } from "./addon.ts";
import { typesOf } from "./call.ts";
import { convertArguments, convertResult, type ConversionRecord } from "./conversion.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import type { DispatchContext } from "./dispatch-context.ts";
import { DispatchError, type Refusal } from "./errors.ts";
import { resolver } from "./realm.ts";
import type { ScopeConfig } from "./scope.ts";

/** What a trace wants to know of a call. */
export interface RunLog {
  /** The number of the backend that got the call. */
  backend: number | undefined;
  readonly refused: Map<number, string>;
  readonly conversions: ConversionRecord[];
}

/**
 * Runs a call for which several backends come into question: asks each in turn, converts where that is called for.
 *
 * @param plan verdicts in try order; those with a reason are passed over.
 */
export function runPlan(
  record: DispatchableRecord,
  config: ScopeConfig,
  plan: readonly BackendVerdict[],
  tags: readonly number[],
  args: unknown[],
  log?: RunLog,
): unknown {
  const refused = log?.refused ?? new Map<number, string>();
  for (const { backend, convert, forced } of willing(record, plan, args, refused)) {
    const { run } = record.implementations.get(backend)!;
    if (!convert) {
      if (log) log.backend = backend;
      return run(...args);
    }
    let prepared;
    try {
      prepared = convertArguments(backend, record.on, args, log?.conversions);
    } catch (error) {
      if (forced || !(error instanceof DispatchError)) throw error;
      refused.set(backend, error.message);
      continue;
    }
    if (log) log.backend = backend;
    const { converted, callerType } = prepared;
    const result = run(...converted);
    return result instanceof Promise
      ? result.then((value) => convertResult(value, callerType, log?.conversions))
      : convertResult(result, callerType, log?.conversions);
  }
  throw nobodyRuns(record, config, tags, args, refused);
}

/**
 * The backends of a plan that agree to run, in the order in which they get the call: first those that say yes, then
 * those that would if needed. Refusals go to `refused`.
 */
export function* willing(
  record: DispatchableRecord,
  plan: readonly BackendVerdict[],
  args: readonly unknown[],
  refused: Map<number, string>,
): Generator<BackendVerdict> {
  const ifNeeded: BackendVerdict[] = [];
  for (const candidate of plan) {
    if (candidate.reason !== "") continue;
    const decision = decide(record, candidate, args);
    if (decision === true) yield candidate;
    else if (decision === "ifNeeded") ifNeeded.push(candidate);
    else refused.set(candidate.backend, decision);
  }
  yield* ifNeeded;
}

function decide(record: DispatchableRecord, candidate: BackendVerdict, args: readonly unknown[]): true | string {
  const { shouldRun } = record.implementations.get(candidate.backend)!;
  if (shouldRun === undefined) return true;
  const backend = resolver.backendName(candidate.backend);
  const context: DispatchContext = {
    backend,
    function: record.name,
    types: typesOf(record, args),
    prioritized: candidate.prioritized,
    forced: candidate.forced,
  };
  let decision: unknown;
  try {
    decision = shouldRun(context, ...args);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `shouldRun of backend "${backend}" threw for ${record.name}: ${reason}`;
    throw new DispatchError("ERR_DISPATCH_SHOULD_RUN", message, { cause, function: record.name, types: context.types });
  }
  if (decision === true || (typeof decision === "string" && decision !== "")) return decision;
  const message = `shouldRun of backend "${backend}" answered ${describe(decision)} for ${record.name}; expected true, "ifNeeded" or the reason for refusing, a string`;
  throw new DispatchError("ERR_DISPATCH_SHOULD_RUN", message, { function: record.name, types: context.types });
}

function nobodyRuns(
  record: DispatchableRecord,
  config: ScopeConfig,
  tags: readonly number[],
  args: readonly unknown[],
  refused: ReadonlyMap<number, string>,
): DispatchError {
  const verdicts = resolver.explain(record.id, config.id, [...tags]);
  const refusals: Refusal[] = verdicts.map(({ backend, reason }) => ({
    backend: resolver.backendName(backend),
    reason: reason || (refused.get(backend) ?? "was not asked"),
  }));
  const types = typesOf(record, args);
  const details = { function: record.name, types, refusals };
  const given = `${record.name}(${types.join(", ")})`;
  const chosen = refusals[verdicts.findIndex(({ forced }) => forced)];
  if (chosen !== undefined) {
    const message = `backend "${chosen.backend}" was chosen for ${given} and cannot run it: ${chosen.reason}`;
    return new DispatchError("ERR_DISPATCH_REFUSED", message, details);
  }
  const list = refusals.map(({ backend, reason }) => `\n  ${backend}: ${reason}`).join("");
  return new DispatchError("ERR_DISPATCH_NO_IMPLEMENTATION", `no backend runs ${given}:${list}`, details);
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return value instanceof Promise ? "a promise" : String(value);
}
