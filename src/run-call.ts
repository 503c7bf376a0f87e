import { isPromise } from "node:util/types";
import type { BackendVerdict } from "./addon.ts";
import { type Call, typesOf, verdictsOf } from "./call.ts";
import { nameOfClassOf } from "./class-tag.ts";
import { changedValues } from "./dispatch-arguments.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import { forgetConversions, runConverted, runConvertedSteps } from "./conversion/index.ts";
import { DispatchError, type Refusal } from "./errors.ts";
import { delivered, forgetOutput } from "./output-option.ts";
import type { Implementation } from "./realm.ts";
import { Deferral } from "./refusal.ts";
import { type Selected, Selection } from "./selection.ts";
import { runSteps, type Steps } from "./steps.ts";

/**
 * What runs a synchronous call: the implementation itself where nothing is to be done before or after, so that no
 * frame of ours stands between it and the stub.
 */
export function choiceFor(call: Call, plan: readonly BackendVerdict[]): Implementation {
  const selection = new Selection(call, plan);
  const selected = select(call, selection);
  if (selected.args === call.args && !isFollowed(call, selected)) {
    ran(call, selected);
    return selected.run;
  }
  return () => runSelected(call, selection, selected);
}

/** Runs a synchronous call by a backend that certainly does, where nothing but its output is to be seen to. */
export function runInto(
  record: DispatchableRecord,
  run: Implementation,
  args: readonly unknown[],
  output: unknown,
): unknown {
  record.output!.check(output, args, record.name);
  return settled(
    () => run(...args),
    (result) => {
      forgetOutput(output);
      return delivered(record, output, result);
    },
    (error) => {
      forgetOutput(output);
      throw error;
    },
  );
}

/** Runs a synchronous call, its deferrals included. */
export function runCall(call: Call, plan: readonly BackendVerdict[]): unknown {
  const selection = new Selection(call, plan);
  return runSelected(call, selection, select(call, selection));
}

/** Runs an asynchronous call. */
export function* runCallSteps(call: Call, plan: readonly BackendVerdict[]): Steps<unknown> {
  const selection = new Selection(call, plan);
  const changed = changedValues(call.record, call.args);
  const onRan = call.record.onRun?.(call.args);
  for (;;) {
    const selected = yield* selection.next();
    if (selected === undefined) throw nobodyRuns(call);
    ran(call, selected);
    try {
      const result = delivered(call.record, call.output, yield* executeSteps(selected));
      onRan?.(selected.backend);
      return result;
    } catch (error) {
      noteDeferral(call, selected, error);
    } finally {
      forget(call, changed);
    }
  }
}

function runSelected(call: Call, selection: Selection, first: Selected): unknown {
  const changed = changedValues(call.record, call.args);
  const onRan = call.record.onRun?.(call.args);
  const attempt = (selected: Selected): unknown => {
    ran(call, selected);
    return settled(
      () => execute(selected),
      (result) => {
        forget(call, changed);
        onRan?.(selected.backend);
        return delivered(call.record, call.output, result);
      },
      (error) => {
        forget(call, changed);
        noteDeferral(call, selected, error);
        return attempt(select(call, selection));
      },
    );
  };
  return attempt(first);
}

/** What becomes of a result or an error: at once, or, where a synchronous call gives a promise, once that is settled. */
function settled(run: () => unknown, finish: (result: unknown) => unknown, fail: (error: unknown) => unknown): unknown {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    return fail(error);
  }
  return isPromise(result) ? result.then(finish, fail) : finish(result);
}

function select(call: Call, selection: Selection): Selected {
  const selected = runSteps(selection.next());
  if (selected === undefined) throw nobodyRuns(call);
  return selected;
}

function execute({ run, args, conversion }: Selected): unknown {
  return conversion === undefined
    ? run(...args)
    : runConverted(() => run(...args), conversion.values, conversion.request);
}

function* executeSteps({ run, args, conversion }: Selected): Steps<unknown> {
  if (conversion !== undefined)
    return yield* runConvertedSteps(() => run(...args), conversion.values, conversion.request);
  const result = run(...args);
  return isPromise(result) ? yield result : result;
}

/** Whether something is to be done after an implementation ran. */
function isFollowed({ record, output }: Call, { implementation, conversion }: Selected): boolean {
  const changes = record.mutates.length > 0 || output !== undefined;
  return conversion !== undefined || implementation.defers || changes || record.onRun !== undefined;
}

function ran({ log }: Call, { backend }: Selected): void {
  if (log) log.backend = backend;
}

/** Lets the next backend have a call that this one deferred; other errors are the caller's. */
function noteDeferral(call: Call, { backend, implementation }: Selected, error: unknown): void {
  if (!(error instanceof Deferral) || !implementation.defers) throw error;
  call.refused.set(backend, error.reason);
  if (call.log) call.log.backend = undefined;
}

/** Forgets what was made of what a call changed: arguments, and what its result is written into. */
function forget({ output }: Call, changed: readonly unknown[]): void {
  for (const value of changed) forgetConversions(value);
  if (output !== undefined) forgetOutput(output);
}

function nobodyRuns(call: Call): DispatchError {
  const { record, args, resolution, refused } = call;
  const verdicts = verdictsOf(record, resolution);
  const refusals: Refusal[] = verdicts.map(({ backend, reason }) => ({
    backend: record.system.backends.get(backend)!.name,
    reason: reason || (refused.get(backend) ?? "was not asked"),
  }));
  const types = typesOf(record, args, resolution);
  const details = { function: record.name, types, refusals };
  const given = `${record.name}(${types.join(", ")})`;
  const chosen = refusals[verdicts.findIndex(({ forced }) => forced)];
  if (chosen !== undefined && resolution.isFitted) {
    const object = `this ${nameOfClassOf(args[0] as object) || "object"} was fitted by backend "${chosen.backend}", which`;
    const advice = "fit it again with another backend put first, or name one for this call with { backend }";
    const message = `${object} cannot run ${given}: ${chosen.reason}; ${advice}`;
    return new DispatchError("ERR_DISPATCH_FITTED", message, details);
  }
  if (chosen !== undefined) {
    const message = `backend "${chosen.backend}" was chosen for ${given} and cannot run it: ${chosen.reason}`;
    return new DispatchError("ERR_DISPATCH_REFUSED", message, details);
  }
  const list = refusals.map(({ backend, reason }) => `\n  ${backend}: ${reason}`).join("");
  return new DispatchError("ERR_DISPATCH_NO_IMPLEMENTATION", `no backend runs ${given}:${list}`, details);
}
