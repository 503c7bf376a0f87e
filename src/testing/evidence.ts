import type { CallRecord } from "../index.ts";

/** What the records of a case prove about one function and the backend under test. */
export interface Evidence {
  /** Calls that the backend ran itself. */
  calls: number;
  /** Those of them for which arguments were converted. */
  converted: number;
  /** Calls that it did not run, by the reason. */
  readonly refusals: Map<string, number>;
}

/** Reads the records of a case, and of the calls made on the way. */
export function evidenceOf(records: readonly CallRecord[], name: string, backend: string): Evidence {
  const evidence: Evidence = { calls: 0, converted: 0, refusals: new Map() };
  read(records, name, backend, evidence);
  return evidence;
}

/** Adds the counts of one to those of another. */
export function addEvidence(sum: Evidence, { calls, converted, refusals }: Evidence): void {
  sum.calls += calls;
  sum.converted += converted;
  for (const [reason, count] of refusals) addTo(sum.refusals, reason, count);
}

function read(records: readonly CallRecord[], name: string, backend: string, evidence: Evidence): void {
  for (const record of records) {
    // Another system may have a function of this name, though hardly a backend of that name too.
    const considered = record.considered.find((one) => one.backend === backend);
    const isTested = record.function === name && considered !== undefined;
    const other = isTested && record.backend === backend ? ranInside(record.calls, name, backend) : undefined;
    if (other !== undefined) {
      // It let another backend do the work: that is no proof of its own.
      addTo(evidence.refusals, `it passed the call on to backend "${other}"`, 1);
      continue;
    }
    if (isTested && record.backend === backend) {
      evidence.calls++;
      if (record.conversions.length > 0) evidence.converted++;
    } else if (isTested) {
      addTo(evidence.refusals, considered.reason || `backend "${record.backend}" came before it`, 1);
    }
    read(record.calls, name, backend, evidence);
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
