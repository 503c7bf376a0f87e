import type { CallRecord } from "../index.ts";

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
export function evidenceOf(records: readonly CallRecord[], name: string, backend: string): Evidence {
  const evidence = noEvidence();
  read(records, name, backend, evidence);
  return evidence;
}

/** Adds the counts of one to those of another. */
export function addEvidence(sum: Evidence, { calls, converted, refusals }: Evidence): void {
  sum.calls += calls;
  sum.converted += converted;
  for (const [reason, count] of refusals) addTo(sum.refusals, reason, count);
}

/**
 * Counts one call. It must be of a system that has the backend.
 *
 * @returns whether the calls made on the way are calls of their own: not where the backend passed this one on.
 */
export function addCall(evidence: Evidence, record: CallRecord, backend: string): boolean {
  if (record.backend !== backend) {
    const reason = record.considered.find((one) => one.backend === backend)?.reason;
    addTo(evidence.refusals, reason || `backend "${record.backend}" came before it`, 1);
    return true;
  }
  const other = ranInside(record.calls, record.function, backend);
  if (other !== undefined) {
    // It let another backend do the work: that is no proof of its own.
    addTo(evidence.refusals, `it passed the call on to backend "${other}"`, 1);
    return false;
  }
  evidence.calls++;
  if (record.conversions.length > 0) evidence.converted++;
  return true;
}

/** Whether a call is of a system that has a backend of this name. */
export function concerns({ considered }: CallRecord, backend: string): boolean {
  return considered.some((one) => one.backend === backend);
}

function read(records: readonly CallRecord[], name: string, backend: string, evidence: Evidence): void {
  for (const record of records) {
    const isTested = record.function === name && concerns(record, backend);
    if (!isTested || addCall(evidence, record, backend)) read(record.calls, name, backend, evidence);
  }
}

/** The other backend that ran the function inside a call of it, if one did. */
function ranInside(records: readonly CallRecord[], name: string, backend: string): string | undefined {
  for (const record of records) {
    if (record.function === name && record.backend !== backend && record.backend !== undefined) return record.backend;
    const deeper = ranInside(record.calls, name, backend);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

function addTo(counts: Map<string, number>, reason: string, by: number): void {
  counts.set(reason, (counts.get(reason) ?? 0) + by);
}
