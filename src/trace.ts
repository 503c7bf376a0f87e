import { inspect, type InspectOptionsStylized } from "node:util";
import { isPromise } from "node:util/types";
import type { ConversionRecord } from "./conversion/index.ts";
import { activeRecorder, withRecorder } from "./scope.ts";
import { callTable } from "./table.ts";
import { traceJson, type TraceJson } from "./trace-json.ts";

/** What became of one backend in a call. */
export interface Considered {
  readonly backend: string;
  /** `"ran"`, `"refused"`, or `"not reached"` when another one ran first. */
  readonly verdict: "ran" | "refused" | "not reached";
  /** Why it was refused. */
  readonly reason: string;
}

/** One call of a dispatchable. */
export interface CallRecord {
  /** The backend system's name. */
  readonly system: string;
  readonly function: string;
  /** Type identifiers of the dispatch arguments. */
  readonly types: readonly string[];
  /** Who ran it; `undefined` when nobody did. */
  readonly backend: string | undefined;
  /** Every backend of the system, in try order. */
  readonly considered: readonly Considered[];
  readonly conversions: readonly ConversionRecord[];
  /** From the call to its return, or to the settling of the promise that it returned. */
  readonly milliseconds: number;
  /** Calls made on the way. */
  readonly calls: readonly CallRecord[];
  /** What it threw. */
  readonly error: unknown;
}

/** Where the calls of a traced scope go. */
export interface CallRecorder {
  readonly calls: CallRecord[];
  /** Of the calls that a call made: whether that one has ended. What it left running goes on to `outer`, if anywhere. */
  ended?: boolean;
  readonly outer?: CallRecorder | undefined;
}

/** A result, and the calls that led to it. */
export class Trace<R> {
  readonly result: R;
  readonly calls: readonly CallRecord[];

  constructor(result: R, calls: readonly CallRecord[]) {
    this.result = result;
    this.calls = calls;
  }

  /** The calls as a table, without colours. */
  toString(): string {
    return callTable(this.calls);
  }

  /** For `JSON.stringify`: the calls, not the result. */
  toJSON(): TraceJson {
    return traceJson(this.calls);
  }

  static {
    // `console.log` prints the table, with colours where it writes to a terminal.
    Object.defineProperty(this.prototype, inspect.custom, {
      value(this: Trace<unknown>, _depth: number, options: InspectOptionsStylized): string {
        return callTable(this.calls, (text, kind) => options.stylize(text, kind));
      },
    });
  }
}

/**
 * Runs `body` and records every dispatched call in it, asynchronous ones too: who ran, who was refused and why,
 * what was converted, how long it took. A trace around this one has the calls too.
 *
 * @returns the result with the records; a promise of that when `body` returns one. An error passes through.
 */
export function trace<R>(body: () => Promise<R>): Promise<Trace<R>>;
export function trace<R>(body: () => R): Trace<R>;
export function trace<R>(body: () => R | Promise<R>): Trace<R> | Promise<Trace<R>> {
  const outer = activeRecorder();
  const recorder: CallRecorder = { calls: [] };
  const passOn = (): void => void outer?.calls.push(...recorder.calls);
  let result: R | Promise<R>;
  try {
    result = withRecorder(recorder, body);
  } catch (error) {
    passOn();
    throw error;
  }
  if (isPromise(result)) return result.finally(passOn).then((value) => new Trace(value, recorder.calls));
  passOn();
  return new Trace(result, recorder.calls);
}
