import { addon } from "../../addon.ts";
import { ImageError } from "../errors.ts";
import { display } from "../options.ts";

/** How many threads, unless a program says it. */
const VARIABLE = "TAGSWITCH_CPU_THREADS";
const EXPECTED = "a whole number from 1 to 256";

const setting = process.env[VARIABLE];
if (setting) {
  const count = Number(setting);
  if (isCount(count)) addon.cpuSetDefaultThreads(count);
  else {
    const message = `environment variable ${VARIABLE} is ignored: it is ${display(setting)}; expected ${EXPECTED}`;
    process.emitWarning(message, { type: "TagswitchWarning", code: "TAGSWITCH_ENVIRONMENT" });
  }
}

/**
 * How many threads the kernels of `native` share, the caller's included. Default: the environment's `TAGSWITCH_CPU_THREADS`, else
 * as many as the process may run at once.
 */
export function threads(): number {
  return addon.cpuThreads();
}

/**
 * Sets how many threads the kernels of `native` share, the caller's included, for the process and from the next call on. They
 * share the rows of an image; small images stay on the caller's thread. Results are the same, to the last bit. A call still
 * returns when its result is there.
 *
 * @param count from 1, the caller's thread alone, to 256.
 * @throws ImageError `ERR_IMAGE_OPTION` for anything else.
 */
export function setThreads(count: number): void {
  if (!isCount(count)) {
    throw new ImageError("ERR_IMAGE_OPTION", `cpu.setThreads: count is ${display(count)}; expected ${EXPECTED}`);
  }
  addon.cpuSetThreads(count);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 256;
}
