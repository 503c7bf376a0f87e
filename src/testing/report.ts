import { addEvidence, noEvidence } from "./evidence.ts";
import type { Form, Outcome } from "./run-case.ts";
import type { Settings } from "./suite.ts";
import { layOut } from "../table.ts";

/**
 * What a run proves of one function. `"passed"`: the backend ran it and nothing was wrong. `"refused"`: it was asked and
 * never ran. `"not reached"`: it was never asked.
 */
export type Verdict = "passed" | "failed" | "refused" | "not reached" | "not implemented";

/** A case that failed. */
export interface Failure {
  readonly case: string;
  /** Whether it failed for plain calls or for asynchronous ones. */
  readonly form: Form;
  readonly error: unknown;
  /** Whether the backend ran the function in it; where it did not, the fault is another's. */
  readonly ran: boolean;
}

/** Calls that the backend did not run for one reason. */
export interface RefusedCalls {
  readonly reason: string;
  readonly calls: number;
}

/** What became of one function. */
export interface FunctionReport {
  readonly function: string;
  readonly verdict: Verdict;
  /** Cases of the suite that were run for it. */
  readonly cases: number;
  /** Calls that the backend ran. */
  readonly calls: number;
  /** Those of them for which arguments were converted. */
  readonly converted: number;
  readonly failures: readonly Failure[];
  readonly refusals: readonly RefusedCalls[];
}

/** What a suite says of a backend, by function. */
export class VerificationReport {
  readonly system: string;
  readonly backend: string;
  readonly settings: Settings;
  readonly functions: readonly FunctionReport[];

  constructor(system: string, backend: string, settings: Settings, functions: readonly FunctionReport[]) {
    this.system = system;
    this.backend = backend;
    this.settings = settings;
    this.functions = functions;
  }

  /**
   * Whether the backend passed: it ran a function at least, and every one that it implements and the suite has cases for
   * ended with verdict `"passed"`. Functions without cases prove nothing either way.
   */
  get ok(): boolean {
    const tested = this.functions.filter(({ verdict, cases }) => cases > 0 && verdict !== "not implemented");
    return tested.length > 0 && tested.every(({ verdict }) => verdict === "passed");
  }

  /** One line: how many functions have which verdict. */
  get summary(): string {
    const verdicts: readonly Verdict[] = ["passed", "failed", "refused", "not reached", "not implemented"];
    const counts = verdicts.map(
      (verdict) => [this.functions.filter((one) => one.verdict === verdict).length, verdict] as const,
    );
    const shown = counts.filter(([count, verdict]) => count > 0 || verdict === "passed" || verdict === "failed");
    return `${this.system}, backend "${this.backend}": ${shown.map(([count, verdict]) => `${count} ${verdict}`).join(", ")}`;
  }

  /** Function × verdict as a table, with the summary below it. */
  toString(): string {
    const rows = this.functions.map((one) => [one.function, one.verdict, calls(one), details(one)]);
    return `${layOut(["function", "verdict", "calls", "why"], rows, [2])}\n${this.summary}`;
  }

  /** For machines; the schema is in docs/testing.md. */
  toJSON(): object {
    const { system, backend, settings, ok } = this;
    const functions = this.functions.map((one) => ({
      ...one,
      failures: one.failures.map((failure) => ({ ...failure, error: describeError(failure.error) })),
    }));
    return { schema: "tagswitch/verification/1", system, backend, settings, ok, functions };
  }
}

/** What the outcomes of a function's cases come to. */
export function functionReport(
  name: string,
  implemented: boolean,
  outcomes: readonly { readonly name: string; readonly outcome: Outcome }[],
): FunctionReport {
  const sum = noEvidence();
  const failures: Failure[] = [];
  let passed = 0;
  for (const { name: testCase, outcome } of outcomes) {
    const evidence = outcome.evidence.get(name)!;
    addEvidence(sum, evidence);
    if (outcome.error !== undefined) {
      failures.push({ case: testCase, form: outcome.form, error: outcome.error, ran: evidence.calls > 0 });
    } else if (!outcome.cutShort && evidence.calls > 0) passed++;
  }
  const refusals = [...sum.refusals]
    .map(([reason, count]) => ({ reason, calls: count }))
    .toSorted((a, b) => b.calls - a.calls);
  const verdict = ((): Verdict => {
    if (!implemented) return "not implemented";
    if (failures.length > 0) return "failed";
    if (passed > 0) return "passed";
    return refusals.length > 0 ? "refused" : "not reached";
  })();
  const { calls: ran, converted } = sum;
  return { function: name, verdict, cases: outcomes.length, calls: ran, converted, failures, refusals };
}

/** An error's first line, for people. */
function firstLine(error: unknown): string {
  return describeError(error).message.trim().split("\n")[0]!;
}

const SHOWN = 3;

function calls({ calls: ran, converted }: FunctionReport): string {
  if (ran === 0) return "";
  return converted === 0 ? String(ran) : `${ran}, ${converted === ran ? "all" : converted} converted`;
}

function details({ verdict, cases, failures, refusals }: FunctionReport): string {
  const lines = failures.slice(0, SHOWN).map(({ case: name, form, error, ran }) => {
    const called = form === "async" ? `${name} (fn.async)` : name;
    return `${called}: ${firstLine(error)}${ran ? "" : " (the backend did not run it)"}`;
  });
  if (failures.length > SHOWN) lines.push(`… ${failures.length} failed cases of ${cases}`);
  lines.push(...refusals.slice(0, SHOWN).map(({ reason, calls: count }) => `refused ${count} ×: ${reason}`));
  if (refusals.length > SHOWN) lines.push(`… ${refusals.length} reasons`);
  if (verdict === "not reached") lines.push(cases === 0 ? "no case tests it" : `its ${cases} cases never call it`);
  return lines.join("\n");
}

function describeError(error: unknown): { name: string; message: string } {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: typeof error, message: String(error) };
}
