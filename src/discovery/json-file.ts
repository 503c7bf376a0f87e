import { readFileSync } from "node:fs";
import { display } from "../display.ts";

/** A file's text; `undefined` where it cannot be read. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Reads a value from JSON, with or without a byte order mark. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text) as unknown;
}

/** What a failure to read or parse says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : display(error);
}

/** Whether a value from JSON is an object, and no array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
