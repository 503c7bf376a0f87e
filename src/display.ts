import { inspect } from "node:util";

/** The name of a function or class; empty where it has none that is a text. No accessor is asked. */
export function nameOfFunction(fn: object): string {
  const name: unknown = Object.getOwnPropertyDescriptor(fn, "name")?.value;
  return typeof name === "string" ? name : "";
}

/** A value in an error message: short, on one line, whatever it is. */
export function display(value: unknown): string {
  if (typeof value === "function") return `function ${nameOfFunction(value) || "without a name"}`;
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  const text = inspect(value, { depth: 0, breakLength: Infinity, maxStringLength: 60, maxArrayLength: 4 });
  return text.replaceAll(/\s+/g, " ");
}

/** What was thrown, in an error message. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : display(thrown);
}

/** The same without what Node says below it of how it came to a module, which is the error's own. */
export function firstLineOf(thrown: unknown): string {
  return reasonOf(thrown).split("\n")[0]!;
}
