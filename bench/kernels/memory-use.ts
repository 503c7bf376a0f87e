// What a process holds of the machine's memory, on Linux, which alone tells of peaks that have passed.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const STATUS = "/proc/self/status";
const CLEAR = "/proc/self/clear_refs";

/** Bytes in use now; `null` on other systems. */
export function resident(): number | null {
  return field("VmRSS");
}

/** Most bytes in use since {@link startPeak}. */
export function peak(): number | null {
  return field("VmHWM");
}

export function startPeak(): void {
  writeFileSync(CLEAR, "5");
}

/** Bytes of the samples in a value: in images, typed arrays and what holds these. */
export function bytesIn(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + bytesIn(part), 0);
}

function field(name: string): number | null {
  if (!existsSync(STATUS)) return null;
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(STATUS, "utf8"))?.[1];
  return kilobytes === undefined ? null : 1024 * Number(kilobytes);
}
