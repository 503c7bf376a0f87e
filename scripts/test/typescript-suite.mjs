// The tests under __test__, counted from AVA's TAP output (https://testanything.org/tap-version-13-specification.html).
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { LiveLine } from "../setup/live-line.mjs";
import { at, ROOT } from "../setup/project.mjs";
import { outcomeOf, Tally } from "./tally.mjs";

/**
 * Runs them.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Tally>}
 */
export async function typescriptSuite(env) {
  const live = new LiveLine("TypeScript tests");
  const tally = new Tally("TypeScript");
  let reported = 0; // failures by AVA's own count, which includes tests that never got to end
  let unfinished = 0; // todo
  let inFailure = false;

  // What tests print goes to stderr as it comes; stdout holds nothing but TAP.
  const child = spawn(process.execPath, [at("node_modules/ava/entrypoints/cli.mjs"), "--tap"], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [, verdict, title = "", directive] = /^(ok|not ok) \d+ - (.*?)(?: # (SKIP|TODO))?$/.exec(line) ?? [];
    if (verdict !== undefined) {
      inFailure = verdict === "not ok" && directive !== "TODO";
      if (directive === "SKIP") tally.skipped += 1;
      else if (directive === "TODO") unfinished += 1;
      else if (verdict === "ok") tally.passed += 1;
      else tally.fail(title);
      live.update(`${tally}`);
    }
    if (/^1\.\.\d+$/.test(line)) inFailure = false; // the plan, then AVA's own counts
    if (inFailure) live.print(line); // with the explanation in the lines after it
    reported = Number(/^# fail (\d+)/.exec(line)?.[1] ?? reported);
  });
  const outcome = await outcomeOf(child);

  tally.skipped += unfinished;
  const lost = reported - unfinished - tally.failed;
  if (lost > 0) tally.fail(`${lost} tests never ended`, lost);
  tally.close(outcome);
  live.end(`${tally}`);
  return tally;
}
