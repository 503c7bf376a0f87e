import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { codeFolder } from "../package-root.ts";
import { warn } from "../warning.ts";
import { isObject } from "./kept-value.ts";

/** How the paths of this package's own code begin. */
const OWN_CODE = codeFolder + sep;

/** How far up the caller is looked for. */
const STACK_DEPTH = 100;

/** The copies made of one object to one type. */
interface Copies {
  count: number;
  reported: boolean;
}

// Counted only where somebody asks: a trace, or a scope with copies "warn".
const copies = new WeakMap<object, Map<string, Copies>>();

/** Counts one more copy of a value to a type. What has no identity is copied for the first time each time. */
export function countCopy(source: unknown, to: string): number {
  if (!isObject(source)) return 1;
  const byType = copies.get(source) ?? new Map<string, Copies>();
  copies.set(source, byType);
  const known = byType.get(to) ?? { count: 0, reported: false };
  byType.set(to, known);
  return ++known.count;
}

/** Starts over: the object has changed, and to copy it again is no waste. */
export function forgetCopies(source: unknown): void {
  if (isObject(source)) copies.delete(source);
}

/** Warns of an object that was copied again to a type: once, with the line that called. */
export function reportCopiedTwice(source: unknown, from: string, to: string, caller: string): void {
  const known = isObject(source) ? copies.get(source)?.get(to) : undefined;
  if (known === undefined || known.count < 2 || known.reported) return;
  known.reported = true;
  const line = callerLine();
  const where = line === undefined ? "" : ` at ${line}`;
  const message = `${caller} copied the same ${from} to ${to} a second time${where}; convert it once before, and pass that`;
  warn("TAGSWITCH_COPIED_TWICE", message);
}

/** `file:line:column` of the innermost frame that is neither this package's nor Node's own. */
function callerLine(): string | undefined {
  const limit = Error.stackTraceLimit;
  // Not by assignment, which throws where the intrinsics are frozen.
  Reflect.set(Error, "stackTraceLimit", STACK_DEPTH);
  const stack = String(new Error("where").stack);
  Reflect.set(Error, "stackTraceLimit", limit);
  for (const frame of stack.split("\n")) {
    const [, place, position] = /^\s*at (?:.*\()?([^()]+?)(:\d+:\d+)\)?$/.exec(frame) ?? [];
    if (place === undefined || place.startsWith("node:") || place === "tagswitch:stub") continue;
    const file = place.replace(/^async /, "");
    const path = file.startsWith("file:") ? fileURLToPath(file) : file;
    if (!path.startsWith(OWN_CODE) && path !== "<anonymous>") return path + position;
  }
  return undefined;
}
