// Runs one slow command as one line on the terminal: what it does, how far it is, how long it took.
import { spawn } from "node:child_process";
import { LiveLine } from "./live-line.mjs";

/** Something the user has to mend; its message is the whole story. */
export class SetupError extends Error {}

/**
 * Runs a command to its end.
 *
 * @param {string} label what is being done
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, describe?: (line: string) => string | undefined }} options `describe` turns a line of the
 *   command's output into a few words on how far it is.
 * @returns {Promise<void>}
 * @throws {SetupError} with the command's whole output when it fails.
 */
export async function step(label, command, args, { cwd, describe = () => undefined }) {
  const live = new LiveLine(label);
  const { text, failure } = await collect(command, args, cwd, (line) => {
    const detail = describe(line);
    if (detail !== undefined) live.update(detail);
  });
  live.end(failure);
  if (failure !== undefined)
    throw new SetupError(`${text.trimEnd()}\n\n${label} failed (${failure}): ${[command, ...args].join(" ")}`);
}

/** Runs to the end; `failure` says how it went wrong, if it did. */
function collect(command, args, cwd, onLine) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
        chunk.split(/[\r\n]+/).forEach(onLine);
      });
    }
    child.on("error", (error) => resolve({ text, failure: error.message }));
    child.on("close", (code, signal) => {
      resolve({ text, failure: code === 0 ? undefined : signal ? `ended by ${signal}` : `exit code ${code}` });
    });
  });
}
