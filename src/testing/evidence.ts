import type { CallRecord } from "../index.ts";

/** The backend under test, by its name and its system's. */
export interface Subject {
  readonly system: string;
  readonly backend: string;
}

/** What records prove about one function and the backend under test. */
export interface Evidence {
  /** Calls that the backend ran itself. */
  calls: number;
  /** Those of them for which arguments were converted. */
  converted: number;
  /** Calls that it did not run, by the reason. */
  readonly refusals: Map<string, number>;
}

/** Evidence of nothing yet. */
export function noEvidence(): Evidence {
  return { calls: 0, converted: 0, refusals: new Map() };
}

/** Reads the records of a case, and of the calls made on the way. */
export function evidenceOf(records: readonly CallRecord[], name: string, subject: Subject): Evidence {
  const evidence = noEvidence();
  read(records, name, subject, evidence);
  return evidence;
}

/** Adds the counts of one to those of another. */
export function addEvidence(sum: Evidence, { calls, converted, refusals }: Evidence): void {
  sum.calls += calls;
  sum.converted += converted;
  for (const [reason, count] of refusals) addTo(sum.refusals, reason, count);
}

/**
 * Counts one call. It must concern the backend.
 *
 * @returns whether the calls made on the way are calls of their own: not where the backend passed this one on.
 */
export function addCall(evidence: Evidence, record: CallRecord, { backend }: Subject): boolean {
  if (record.backend !== backend) {
    const reason = record.considered.find((one) => one.backend === backend)?.reason;
    addTo(evidence.refusals, reason || ranInstead(record), 1);
    return true;
  }
  const other = ranInside(record.calls, record);
  if (other !== undefined) {
    // It let another backend do the work: that is no proof of its own.
    addTo(evidence.refusals, `it passed the call on to backend "${other}"`, 1);
    return false;
  }
  evidence.calls++;
  if (record.conversions.length > 0) evidence.converted++;
  return true;
}

/** Whether a call is of the system of the backend, and that is there. */
export function concerns({ system, considered }: CallRecord, subject: Subject): boolean {
  return system === subject.system && considered.some(({ backend }) => backend === subject.backend);
}

function read(records: readonly CallRecord[], name: string, subject: Subject, evidence: Evidence): void {
  for (const record of records) {
    const isTested = record.function === name && concerns(record, subject);
    if (!isTested || addCall(evidence, record, subject)) read(record.calls, name, subject, evidence);
  }
}

/** What became of a call that a backend did not run, though it did not refuse it. */
function ranInstead({ backend, error }: CallRecord): string {
  if (backend !== undefined) return `backend "${backend}" came before it`;
  return `the call ended before a backend ran: ${error instanceof Error ? error.message : String(error)}`;
}

/** The other backend that ran the function inside a call of it, if one did. */
function ranInside(records: readonly CallRecord[], outer: CallRecord): string | undefined {
  for (const record of records) {
    const isSame = record.system === outer.system && record.function === outer.function;
    if (isSame && record.backend !== outer.backend && record.backend !== undefined) return record.backend;
    const deeper = ranInside(record.calls, outer);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

function addTo(counts: Map<string, number>, reason: string, by: number): void {
  counts.set(reason, (counts.get(reason) ?? 0) + by);
}
