// Makes a fresh clone usable: dependencies, the compiled addon, the compiled TypeScript.
//
// Plain JavaScript that needs nothing installed. Each step is skipped when what it makes is up to date, so the second
// run takes a fraction of a second. `npm start` and `npm test` come through here first.
import "./setup/node-version.mjs"; // first: it says so in one line when this Node is too old for the rest
import { realpathSync } from "node:fs";
import { addonStep } from "./setup/addon.mjs";
import { dependenciesStep } from "./setup/dependencies.mjs";
import { javascriptStep } from "./setup/javascript.mjs";
import { seconds } from "./setup/live-line.mjs";
import { requireRust } from "./setup/rust.mjs";
import { SetupError } from "./setup/step.mjs";

/**
 * Runs the steps that something changed for.
 *
 * @param {{ rust?: "if-needed" | "required" }} [options] `"required"` asks for Rust even when the addon is built already
 *   (the Rust tests need it).
 * @throws {SetupError} what is missing or failed, in words for the terminal.
 */
export async function setup({ rust = "if-needed" } = {}) {
  const started = performance.now();
  const addon = addonStep();
  // Before anything slow: nobody should wait for npm only to learn that Rust is missing.
  if (rust === "required" || addon.needsRust) requireRust();

  let ran = 0;
  for (const step of [dependenciesStep(), addon, javascriptStep()]) {
    if (step.isCurrent()) continue;
    await step.run();
    ran += 1;
  }
  console.log(ran === 0 ? `Set up already (${seconds(started)}).` : `Set up in ${seconds(started)}.`);
}

/** Prints a setup failure and ends the process; anything else is a bug and keeps its stack. */
export function exitOnSetupError(error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exit(1);
}

if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) {
  await setup().catch(exitOnSetupError);
}
