import { subscribe } from "node:diagnostics_channel";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import type { CallRecord } from "../index.ts";
import { CallCounts, type CountsJson } from "./call-counts.ts";
import type { Subject } from "./evidence.ts";

/** Where the processes and threads of one program leave their counts: a folder that the first of them makes. */
const FOLDER = "TAGSWITCH_TEST_COUNTS";

/** The channel on which the dispatcher publishes calls. */
const CHANNEL = "tagswitch:call";

/**
 * Counts the calls of this process until it ends, then says on stderr what the backend ran. Where it ran nothing, the exit
 * code becomes 1.
 *
 * @param processes whether the processes and threads that this one starts count too, each for itself: the first of them
 * adds up.
 */
export function recordProgram(subject: Subject, processes: boolean): void {
  const counts = new CallCounts(subject);
  const inherited = processes ? process.env[FOLDER] : undefined;
  const folder = inherited ?? mkdtempSync(join(tmpdir(), "tagswitch-test-"));
  if (processes) process.env[FOLDER] = folder;
  const file = join(folder, `${process.pid}-${threadId}.json`);
  const write = (): void => writeFileSync(file, JSON.stringify(counts));
  let written = 0;
  subscribe(CHANNEL, (message) => {
    counts.add(message as CallRecord);
    // Whoever is killed before its end has told at least what it did.
    if (counts.size === written) return;
    written = counts.size;
    write();
  });
  process.on("exit", () => {
    if (inherited !== undefined) {
      if (written > 0) write();
      return;
    }
    write();
    if (!conclude(folder, subject) && !process.exitCode) process.exitCode = 1;
  });
}

/** Adds up what all have left, and says it; whether the backend ran. */
function conclude(folder: string, subject: Subject): boolean {
  const { system, backend } = subject;
  const sum = new CallCounts(subject);
  for (const name of readdirSync(folder)) {
    sum.addAll(JSON.parse(readFileSync(join(folder, name), "utf8")) as CountsJson);
  }
  rmSync(folder, { recursive: true, force: true });
  const ran = sum.total > 0;
  const verdict = ran
    ? `backend "${backend}" of ${system} ran ${sum.total} calls`
    : `backend "${backend}" of ${system} never ran: these tests say nothing of it`;
  // Written at once, as the process ends here.
  writeSync(2, `\n${sum.size > 0 ? `${sum}\n` : ""}${verdict}\n`);
  return ran;
}
