// The Rust crates' own tests (all but the addon's, which run in Node), counted from what libtest prints.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { LiveLine } from "../setup/live-line.mjs";
import { ROOT } from "../setup/project.mjs";
import { outcomeOf, Tally } from "./tally.mjs";

const COMMAND = ["test", "--workspace", "--exclude", "tagswitch", "--locked", "--no-fail-fast", "--", "--show-output"];
const RESULT = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/;
/** What a test prints when it cannot run on this machine; libtest knows no skipping at run time and calls it passed. */
const SKIPPED = /^\s*skipped: /;
/** Lines of cargo's that need not be kept. */
const ROUTINE = /^\s*(Compiling|Running|Doc-tests|Finished|Downloading|Downloaded|Updating|Locking|Blocking)\b/;

/**
 * Runs them.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Tally>}
 */
export async function rustSuite(env) {
  const live = new LiveLine("Rust tests");
  const tally = new Tally("Rust");
  let started = 0; // test programs
  let ended = 0;
  let output = []; // of the program that is running

  const child = spawn("cargo", COMMAND, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  createInterface({ input: child.stderr }).on("line", (line) => {
    const [, doing, what] = /^\s*(Compiling|Running|Doc-tests) (.+)/.exec(line) ?? [];
    if (doing === "Running" || doing === "Doc-tests") started += 1;
    if (doing !== undefined) live.update(`${doing === "Compiling" ? "compiling" : "running"} ${what}`);
    if (!ROUTINE.test(line)) live.print(line); // warnings, compiler errors, crashes
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    output.push(line);
    const counts = RESULT.exec(line)?.slice(1).map(Number);
    if (counts === undefined) return;
    ended += 1;
    count(counts, output);
    output = [];
  });
  const outcome = await outcomeOf(child);

  if (started > ended) {
    live.print(output.join("\n"));
    tally.fail(`${started - ended} of ${started} test programs crashed`, started - ended);
  }
  tally.close(outcome);
  live.end(`${tally}`);
  return tally;

  function count([passed, failed, ignored], lines) {
    const skipped = lines.filter((line) => SKIPPED.test(line)).length;
    tally.passed += passed - skipped;
    tally.skipped += ignored + skipped;
    tally.failed += failed;
    if (failed === 0) return;
    live.print(lines.filter((line) => !line.endsWith("... ok")).join("\n"));
    for (const line of lines) {
      const test = /^test (.+) \.\.\. FAILED/.exec(line)?.[1];
      if (test !== undefined) tally.fail(test, 0);
    }
  }
}
