import { styled } from "../terminal.ts";
import { type BatchOutcome, countsOf } from "./batch.ts";
import type { FileResult } from "./run-file.ts";

/** Outcomes in the form of `--json`. */
export function outcomesJson(outcomes: readonly BatchOutcome[], ok: boolean, withTrace: boolean): object {
  const files = outcomes.map((outcome) => {
    if (outcome.state !== "done") return outcome;
    const { text: _text, traceText: _table, sights: _sights, trace: calls, ...rest } = outcome;
    return withTrace ? { ...rest, trace: calls } : rest;
  });
  return { schema: "tagswitch/run/1", ok, files };
}

/** The outcome of one file, for people; nothing for one that could not be done. */
export function fileText(outcomes: readonly BatchOutcome[], withTrace: boolean): string {
  return resultsOf(outcomes)
    .map(({ input, output, text, note, milliseconds, traceText }) => {
      const saved = `${input} → ${output}, ${milliseconds.toFixed(0)} ms`;
      return [text ?? saved, ...(note === null ? [] : [note]), ...(withTrace ? [traceText] : [])].join("\n");
    })
    .join("\n");
}

/** The outcomes of many files, for people: how many, and what is to be said of them. */
export function batchText(outcomes: readonly BatchOutcome[], withTrace: boolean): string {
  const done = resultsOf(outcomes);
  const noted = done.flatMap(({ note }) => note ?? []);
  const notes = [...new Set(noted)].map((note) => `${noted.filter((one) => one === note).length} × ${note}`);
  return [
    ...(withTrace ? done.map(({ input, traceText }) => `${styled("bold", input)}\n${traceText}`) : []),
    ...notes,
    countsOf(outcomes).join(", "),
  ].join("\n");
}

/** Says on standard error which files could not be done. */
export function printFailures(outcomes: readonly BatchOutcome[]): void {
  for (const outcome of outcomes) {
    if (outcome.state !== "failed") continue;
    const { code, message } = outcome.error;
    const of = message.startsWith(`${outcome.input}: `) ? "" : `${outcome.input}: `;
    process.stderr.write(`tagswitch: ${code === null ? "" : `${code}: `}${of}${message}\n`);
  }
}

function resultsOf(outcomes: readonly BatchOutcome[]): FileResult[] {
  return outcomes.filter((outcome) => outcome.state === "done");
}
