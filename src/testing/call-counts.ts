import type { CallRecord } from "../index.ts";
import { addCall, addEvidence, concerns, type Evidence, noEvidence, type Subject } from "./evidence.ts";
import { layOut } from "../table.ts";

/** Counts as JSON has them. */
export type CountsJson = Readonly<
  Record<
    string,
    { readonly calls: number; readonly converted: number; readonly refusals: Readonly<Record<string, number>> }
  >
>;

/** Which functions a backend ran in a whole program, and how often. */
export class CallCounts {
  readonly #subject: Subject;
  readonly #functions = new Map<string, Evidence>();

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  /** Counts a call; one that does not concern the backend is passed over. */
  add(record: CallRecord): void {
    if (concerns(record, this.#subject)) addCall(this.#of(record.function), record, this.#subject);
  }

  /** Adds the counts of another process. */
  addAll(counts: CountsJson): void {
    for (const [name, { calls, converted, refusals }] of Object.entries(counts)) {
      addEvidence(this.#of(name), { calls, converted, refusals: new Map(Object.entries(refusals)) });
    }
  }

  /** Calls that the backend ran. */
  get total(): number {
    return [...this.#functions.values()].reduce((total, { calls }) => total + calls, 0);
  }

  /** How much there is to tell, counts apart: it grows with each function and each reason. */
  get size(): number {
    return [...this.#functions.values()].reduce(
      (size, { calls, refusals }) => size + Math.min(calls, 1) + refusals.size,
      0,
    );
  }

  toJSON(): CountsJson {
    const entries = [...this.#functions].map(
      ([name, { calls, converted, refusals }]) =>
        [name, { calls, converted, refusals: Object.fromEntries(refusals) }] as const,
    );
    return Object.fromEntries(entries);
  }

  /** Function × count as a table. */
  toString(): string {
    const rows = [...this.#functions].map(([name, { calls, converted, refusals }]) => {
      const reasons = [...refusals].map(([reason, count]) => `${count} ×: ${reason}`);
      return [name, String(calls), String(converted), reasons.join("\n")];
    });
    return layOut(["function", "ran", "converted", "did not run"], rows, [1, 2]);
  }

  #of(name: string): Evidence {
    let evidence = this.#functions.get(name);
    if (evidence === undefined) this.#functions.set(name, (evidence = noEvidence()));
    return evidence;
  }
}
