import { setImmediate } from "node:timers/promises";
import { WARNING } from "../warning.ts";

/**
 * Collects the dispatcher's warnings of this process, which are printed by nobody until then. For programs that show
 * them in their own way.
 */
export function collectWarnings(): { end(): Promise<string[]> } {
  const messages: string[] = [];
  const printers = process.listeners("warning");
  process.removeAllListeners("warning");
  const collect = (warning: Error): void => {
    if (warning.name === WARNING) messages.push(warning.message);
    else for (const print of printers) print(warning);
  };
  process.on("warning", collect);
  return {
    async end() {
      // They come a tick after they were given.
      await setImmediate();
      process.off("warning", collect);
      for (const print of printers) process.on("warning", print);
      return [...new Set(messages)];
    },
  };
}
