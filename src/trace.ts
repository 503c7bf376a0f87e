import { inspect, type InspectOptionsStylized } from "node:util";
import { isPromise } from "node:util/types";
import type { BackendOrigin } from "./backend-record.ts";
import type { ConversionRecord } from "./conversion/index.ts";
import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { activeRecorder, withRecorder } from "./scope.ts";
import { layOut } from "./table.ts";
import { traceJson, type TraceJson } from "./trace-json.ts";

/** What became of one backend in a call. */
export interface Considered {
  readonly backend: string;
  /** `"ran"`, `"refused"`, or `"not reached"` when another one ran first. */
  readonly verdict: "ran" | "refused" | "not reached";
  /** Why it was refused. */
  readonly reason: string;
  /** The package that it was found in, and whether the library endorses it; absent for one registered by code. */
  readonly origin?: BackendOrigin;
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
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT` when `body` is no function.
 */
export function trace<R>(body: () => Promise<R>): Promise<Trace<R>>;
export function trace<R>(body: () => R): Trace<R>;
export function trace<R>(body: () => R | Promise<R>): Trace<R> | Promise<Trace<R>> {
  if (typeof body !== "function") {
    const message = `trace takes a function whose calls it records; it was given ${display(body)}`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
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

/** Colours a text by the kind of value that it is, as `util.inspect` would. */
type Stylize = (text: string, kind: "null" | "number" | "regexp" | "string" | "undefined") => string;

const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });
const ORDINAL_ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };

/** Calls as a table, those made on the way as branches of a tree under their caller. */
export function callTable(calls: readonly CallRecord[], stylize: Stylize = (text) => text): string {
  const rows: string[][] = [];
  const add = (call: CallRecord, branch: string, stem: string): void => {
    const others = [
      ranOn(call, stylize),
      call.milliseconds.toFixed(2),
      call.conversions.map((conversion) => conversionLine(conversion, stylize)).join("\n"),
      styledLines(refusalLines(call.considered), "undefined", stylize),
    ];
    // A row of several lines does not cut the tree.
    const height = Math.max(...others.map((cell) => cell.split("\n").length));
    const below = stem + (call.calls.length > 0 ? "│" : "");
    const lines = [branch + call.function, ...Array.from({ length: height - 1 }, () => below)];
    rows.push([lines.join("\n"), ...others]);
    for (const [i, inner] of call.calls.entries()) {
      const isLast = i === call.calls.length - 1;
      add(inner, stem + (isLast ? "└─ " : "├─ "), stem + (isLast ? "   " : "│  "));
    }
  };
  for (const call of calls) add(call, "", "");
  return layOut(["function", "ran on", "ms", "converted", "refused"], rows, [2]);
}

/** The refusals among the backends considered, a line each. */
function refusalLines(considered: readonly Considered[]): string {
  return considered
    .filter(({ verdict }) => verdict === "refused")
    .map(({ backend, reason }) => `${backend}: ${reason}`)
    .join("\n");
}

function ranOn({ backend, considered, error }: CallRecord, stylize: Stylize): string {
  if (backend === undefined) return stylize("nobody", "regexp");
  const isEndorsed = considered.some(({ verdict, origin }) => verdict === "ran" && origin?.endorsed === true);
  const who = isEndorsed ? `${backend}, endorsed` : backend;
  return error === undefined ? who : `${who}, ${stylize("threw", "regexp")}`;
}

function conversionLine({ from, to, bytes, cached, copy }: ConversionRecord, stylize: Stylize): string {
  const line = `${shortName(from)} → ${shortName(to)}`;
  if (cached) return `${line} ${stylize("cached", "string")}`;
  const copied = bytes === undefined ? line : `${line} ${bytes} B`;
  return copy > 1 ? `${copied}, ${stylize(`${ordinal(copy)} copy`, "number")}` : copied;
}

function styledLines(text: string, kind: Parameters<Stylize>[1], stylize: Stylize): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? line : stylize(line, kind)))
    .join("\n");
}

function ordinal(count: number): string {
  return `${count}${ORDINAL_ENDINGS[ORDINALS.select(count)] ?? "th"}`;
}

function shortName(identifier: string): string {
  return identifier.slice(identifier.indexOf(":") + 1);
}
