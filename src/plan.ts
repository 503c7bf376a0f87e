import type { BackendVerdict } from "./addon.ts";
import { backendName } from "./backend-name.ts";
import { type Resolution, resolutionOf, typesOf } from "./call.ts";
import { type ConversionRecord, convertArguments, runConverted } from "./conversion.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import type { DispatchContext } from "./dispatch-context.ts";
import { display } from "./display.ts";
import { DispatchError, type Refusal } from "./errors.ts";
import { resolver } from "./realm.ts";

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
 * @param resolution how the call came to the plan, where its arguments do not tell.
 */
export function runPlan(
  record: DispatchableRecord,
  plan: readonly BackendVerdict[],
  args: unknown[],
  resolution?: Resolution,
  log?: RunLog,
): unknown {
  const refused = log?.refused ?? new Map<number, string>();
  for (const { backend, convert, forced } of willing(record, plan, args, refused)) {
    const { run } = record.implementations.get(backend)!;
    if (!convert) {
      if (log) log.backend = backend;
      return run(...args);
    }
    let converted;
    try {
      converted = convertArguments(backend, record.on, args, log?.conversions);
    } catch (error) {
      if (forced || !(error instanceof DispatchError)) throw error;
      refused.set(backend, error.message);
      continue;
    }
    if (log) log.backend = backend;
    return runConverted(run, converted, log?.conversions);
  }
  throw nobodyRuns(record, resolution ?? resolutionOf(record, args), args, refused);
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
    const decision = decide(record, candidate, args, refused);
    if (decision === true) yield candidate;
    else if (decision === "ifNeeded") ifNeeded.push(candidate);
    else refused.set(candidate.backend, decision);
  }
  yield* ifNeeded;
}

function decide(
  record: DispatchableRecord,
  candidate: BackendVerdict,
  args: readonly unknown[],
  refused: Map<number, string>,
): true | string {
  const { shouldRun } = record.implementations.get(candidate.backend)!;
  if (shouldRun === undefined) return true;
  const backend = backendName(candidate.backend);
  const context: DispatchContext = {
    backend,
    function: record.name,
    types: typesOf(record, args),
    prioritized: candidate.prioritized,
    forced: candidate.forced,
  };
  const wrong = (what: string, options?: ErrorOptions): DispatchError => {
    const message = `shouldRun of backend "${backend}" ${what}`;
    refused.set(candidate.backend, message);
    return new DispatchError("ERR_DISPATCH_SHOULD_RUN", message, {
      ...options,
      function: record.name,
      types: context.types,
    });
  };
  let decision: unknown;
  try {
    decision = shouldRun(context, ...args);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : display(cause);
    throw wrong(`threw for ${record.name}: ${reason}`, { cause });
  }
  if (decision === true || (typeof decision === "string" && decision !== "")) return decision;
  const expected = 'expected true, "ifNeeded" or the reason for refusing, a string';
  throw wrong(`answered ${display(decision)} for ${record.name}; ${expected}`);
}

function nobodyRuns(
  record: DispatchableRecord,
  { config, tags }: Resolution,
  args: readonly unknown[],
  refused: ReadonlyMap<number, string>,
): DispatchError {
  const verdicts = resolver.explain(record.id, config.id, [...tags]);
  const refusals: Refusal[] = verdicts.map(({ backend, reason }) => ({
    backend: backendName(backend),
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
