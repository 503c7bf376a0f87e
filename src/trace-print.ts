import type { SystemRecord } from "./system-record.ts";
import { callTable } from "./table.ts";
import type { CallRecord } from "./trace.ts";

/** Writes a call, and those made on the way, to the standard error output. */
export function printCall({ environment: { prefix } }: SystemRecord, call: CallRecord): void {
  process.stderr.write(`${prefix}_TRACE\n${callTable([call])}\n`);
}
