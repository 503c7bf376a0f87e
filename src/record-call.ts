import { type Call, typesOf, verdictsOf } from "./call.ts";
import { hasSubscribers, observeSubscriptions, publish } from "./diagnostics.ts";
import { forgetAnswers } from "./realm.ts";
import { runCall, runCallSteps } from "./run-call.ts";
import { withRecorder } from "./scope.ts";
import { runStepsAsync } from "./steps.ts";
import type { SystemRecord } from "./system-record.ts";
import { printCall } from "./trace-print.ts";
import type { CallRecord, CallRecorder, Considered } from "./trace.ts";

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
  if (result instanceof Promise) {
    void result.then(
      () => record.finish(),
      (error: unknown) => record.finish(error),
    );
  } else {
    record.finish();
  }
  return result;
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

/** A record in the making. */
class Recording {
  readonly verdicts: ReturnType<typeof verdictsOf>;
  readonly inner: CallRecorder = { calls: [] };
  readonly #recorder: CallRecorder;
  readonly #call: Call;
  readonly #start = performance.now();

  constructor(recorder: CallRecorder, call: Call) {
    this.#recorder = recorder;
    this.#call = call;
    this.verdicts = verdictsOf(call.record, call.resolution);
  }

  finish(error?: unknown): void {
    const { record, args, resolution, refused, log } = this.#call;
    const considered = this.verdicts.map(({ backend, reason }): Considered => {
      const why = reason || refused.get(backend) || "";
      const verdict = backend === log?.backend ? "ran" : why === "" ? "not reached" : "refused";
      return { backend: record.system.backends.get(backend)!.name, verdict, reason: verdict === "ran" ? "" : why };
    });
    const call: CallRecord = {
      function: record.name,
      types: typesOf(record, args, resolution),
      backend: considered.find(({ verdict }) => verdict === "ran")?.backend,
      considered,
      conversions: log?.conversions ?? [],
      milliseconds: performance.now() - this.#start,
      calls: this.inner.calls,
      error,
    };
    this.#recorder.calls.push(call);
    publish(call);
    if (this.#recorder === NOBODY && record.system.environment.trace) printCall(record.system, call);
  }
}
