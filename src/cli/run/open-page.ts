import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

/** What opens a file in the program that the user has for it. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [program: string, ...args: string[]]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/**
 * Opens a page in the user's browser, and does not wait for that to be closed.
 *
 * @returns why it cannot be opened; `undefined` if it can.
 */
export async function openPage(file: string): Promise<string | undefined> {
  const [program, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  const opener = spawn(program, [...args, resolve(file)], { detached: true, stdio: "ignore" });
  try {
    await once(opener, "spawn");
  } catch (error) {
    return (error as Error).message;
  }
  opener.unref();
  return undefined;
}
