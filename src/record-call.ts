import { isPromise } from "node:util/types";
import { type Call, typesOf, verdictsOf } from "./call.ts";
import { hasSubscribers, observeSubscriptions, publish } from "./diagnostics.ts";
import { PASS } from "./protocol.ts";
import { forgetAnswers } from "./realm.ts";
import { runCall, runCallSteps } from "./run-call.ts";
import { withRecorder } from "./scope.ts";
import { runStepsAsync, type Steps } from "./steps.ts";
import type { SystemRecord } from "./system-record.ts";
import { callTable, type CallRecord, type CallRecorder, type Considered } from "./trace.ts";

/** Where the calls of a system go that no trace records: to subscribers, and to the terminal if its environment says so. */
export function observer(system: SystemRecord): CallRecorder | undefined {
  return hasSubscribers() || system.environment.trace ? NOBODY : undefined;
}

// Who begins to listen hears of calls that were answered from the table before.
observeSubscriptions(forgetAnswers);

const NOBODY: CallRecorder = { calls: { push: () => 0 } as unknown as CallRecord[] };

/** Runs a synchronous call like any other, and records it. */
export function recordCall(recorder: CallRecorder, call: Call): unknown {
  const record = new Recording(recorder, call);
  let result: unknown;
  try {
    result = withRecorder(record.inner, () => runCall(call, record.verdicts));
  } catch (error) {
    record.finish(error);
    throw error;
  }
  return record.follow(result);
}

/** The same for an asynchronous call. */
export async function recordCallAsync(recorder: CallRecorder, call: Call, signal?: AbortSignal): Promise<unknown> {
  const record = new Recording(recorder, call);
  try {
    const result = await withRecorder(record.inner, () => runStepsAsync(runCallSteps(call, record.verdicts), signal));
    record.finish();
    return result;
  } catch (error) {
    record.finish(error);
    throw error;
  }
}

/**
 * Runs what a class with a protocol of its own does to answer a call, and records it unless the class passes.
 *
 * @param by stands for the backend's name.
 */
export function* recordAnswer(recorder: CallRecorder, call: Call, by: string, ask: () => unknown): Steps<unknown> {
  const record = new Recording(recorder, call, by);
  let result: unknown;
  try {
    result = withRecorder(record.inner, ask);
    if (call.asynchronous && isPromise(result)) result = yield result;
  } catch (error) {
    record.finish(error);
    throw error;
  }
  if (result !== PASS) return record.follow(result);
  recorder.calls.push(...record.inner.calls);
  return result;
}

/** A record in the making. */
class Recording {
  readonly verdicts: ReturnType<typeof verdictsOf>;
  readonly inner: CallRecorder;
  readonly #recorder: CallRecorder;
  readonly #call: Call;
  readonly #types: readonly string[];
  readonly #start = performance.now();
  readonly #by: string | undefined;

  /** @param by who runs the call, if no backend does. */
  constructor(recorder: CallRecorder, call: Call, by?: string) {
    this.#by = by;
    this.#recorder = recorder;
    this.#call = call;
    this.inner = { calls: [], ended: false, outer: recorder === NOBODY ? undefined : recorder };
    this.verdicts = verdictsOf(call.record, call.resolution);
    // Now, as the call may change what its arguments hold.
    this.#types = typesOf(call.record, call.args, call.resolution);
  }

  /**
   * Ends the record with a result, when it is there. Gives what the caller is to have of it: of a promise one that comes
   * after, so that a failure that nobody handles is still told of.
   */
  follow(result: unknown): unknown {
    const finish = (value: unknown): unknown => {
      this.finish();
      return value;
    };
    if (!isPromise(result)) return finish(result);
    return result.then(finish, (error: unknown) => {
      this.finish(error);
      throw error;
    });
  }

  finish(error?: unknown): void {
    const { record, refused, log } = this.#call;
    const considered = this.verdicts.map(({ backend, reason }): Considered => {
      const why = reason || refused.get(backend) || "";
      const verdict = backend === log?.backend ? "ran" : why === "" ? "not reached" : "refused";
      const { name, origin } = record.system.backends.get(backend)!;
      return { backend: name, verdict, reason: verdict === "ran" ? "" : why, ...(origin && { origin }) };
    });
    const call: CallRecord = {
      system: record.system.name,
      function: record.name,
      types: this.#types,
      backend: this.#by ?? considered.find(({ verdict }) => verdict === "ran")?.backend,
      considered,
      conversions: log?.conversions ?? [],
      milliseconds: performance.now() - this.#start,
      calls: this.inner.calls,
      error,
    };
    this.inner.ended = true;
    this.#recorder.calls.push(call);
    publish(call);
    const { prefix, trace } = record.system.environment;
    if (this.#recorder === NOBODY && trace) process.stderr.write(`${prefix}_TRACE\n${callTable([call])}\n`);
  }
}
