// The tables.
import type { CallRecord } from "tagswitch";
import { gpu } from "tagswitch/image";
import type { BackendRun, Transfer } from "./backend-run.ts";
import type { Comparison } from "./agreement.ts";
import { bold, bytes, dim, green, milliseconds, red, table } from "./terminal.ts";

const SUPERSCRIPTS = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];

/** One run: a line for each step and each copy, the reasons of refusals below. */
export function runReport(title: string, { first, again }: BackendRun): string {
  const reasons: string[] = [];
  const steps = first.calls.map((call, i) => [
    call.function,
    call.backend ?? "nobody",
    ...times(call, again?.calls[i]),
    conversions(call),
    others(call, reasons),
  ]);
  const copies = (one: Transfer | undefined, two: Transfer | undefined): string[][] =>
    one ? [[one.what, "", ...times(one, two), bytes(one.bytes), ""]] : [];
  const rows = [
    ...copies(first.upload, again?.upload),
    ...steps,
    ...copies(first.download, again?.download),
    ["all", "", ...times(first, again), "", ""],
  ];
  const head = ["step", "ran on", "first, ms", "again, ms", "copied", "considered besides"];
  const notes = reasons.map((reason, i) => `${SUPERSCRIPTS[i]} ${reason}`);
  if (first.upload) notes.push(adapterNote(), submissionNote(again ?? first));
  return [bold(title), table(head, rows, [2, 3, 4]), ...notes.map((note) => dim(`  ${note}`))].join("\n");
}

interface Timed {
  readonly milliseconds: number;
}

function times(first: Timed, again: Timed | undefined): string[] {
  return [milliseconds(first.milliseconds), again ? milliseconds(again.milliseconds) : "–"];
}

/** What the dispatcher itself copied for a call. */
function conversions({ conversions: made }: CallRecord): string {
  const lines = made.map(({ from, to, bytes: count }) => `${short(from)} → ${short(to)} ${bytes(count ?? 0)}`);
  return lines.length === 0 ? "–" : lines.join("\n");
}

function adapterNote(): string {
  const { name, deviceType, backend } = gpu.adapter();
  const warning = deviceType === "software" ? ": it computes on the CPU, and tells nothing of a card's speed" : "";
  return `On ${name}, ${backend}, ${deviceType}${warning}.`;
}

/** Why the times on a GPU are where they are. */
function submissionNote({ submissions }: BackendRun["first"]): string {
  const count = submissions === 1 ? "once" : `${submissions} times`;
  return `Steps are recorded and run together: handed to the GPU ${count}, where a number or a picture is waited for.`;
}

/** The backends besides the one that ran, in the order of the call, with a mark for each distinct reason. */
function others({ considered }: CallRecord, reasons: string[]): string {
  return considered
    .filter(({ verdict }) => verdict !== "ran")
    .map(({ backend, verdict, reason }) => {
      if (verdict === "not reached") return `${backend} (not reached)`;
      if (!reasons.includes(reason)) reasons.push(reason);
      return `${backend} (refused${SUPERSCRIPTS[reasons.indexOf(reason)] ?? `: ${reason}`})`;
    })
    .join(", ");
}

/** What each backend made of the photograph in the end. */
export function outcomeReport(runs: readonly BackendRun[]): string {
  const rows = runs.map(({ backend, values }) => {
    return [backend ?? "no choice", String(regionsIn(values)), String(values.threshold)];
  });
  return table(["backend", "regions", "threshold"], rows, [1]);
}

/** How many regions were found. */
export function regionsIn({ labels }: BackendRun["values"]): number {
  let most = 0;
  for (const label of labels.data) if (label > most) most = label;
  return most;
}

/** The largest errors, and whether they are accepted. */
export function agreementReport(reference: string, comparisons: readonly Comparison[]): string {
  const backends = [...new Set(comparisons.map(({ backend }) => backend))];
  const steps = [...new Set(comparisons.map(({ step }) => step))];
  const rows = steps.map((step) => [
    step,
    ...backends.map((backend) => {
      const { error, tolerance, agrees } = comparisons.find((one) => one.backend === backend && one.step === step)!;
      const text = error === 0 ? "the same" : error.toExponential(1);
      const limit = tolerance === 0 ? "" : ` (at most ${tolerance.toExponential()})`;
      return agrees ? `${text}${limit}` : red(`${text}, not accepted${limit}`);
    }),
  ]);
  const verdict = comparisons.every(({ agrees }) => agrees) ? green("They agree.") : red("They do not agree.");
  const head = ["step", ...backends.map((backend) => `${backend} against ${reference}`)];
  return [table(head, rows, []), verdict].join("\n");
}

function short(identifier: string): string {
  return identifier.slice(identifier.indexOf(":") + 1);
}
