import { compileFunction } from "node:vm";

/** A function under measurement: takes values and returns an integer. */
export type Callable = (...values: unknown[]) => number;

let texts = 0;

/**
 * Compiles text to a function of its own. The comment makes the text unique: V8 gives equal texts one function with
 * one type feedback, and what is measured would depend on what was measured before. Works under
 * `--disallow-code-generation-from-strings` too, which the closure form is measured with.
 */
export function compile(body: string, bindings: Readonly<Record<string, unknown>> = {}): unknown {
  const text = `"use strict";/*${texts++}*/return ${body}`;
  return compileFunction(text, Object.keys(bindings))(...Object.values(bindings)) as unknown;
}

/** `value0, value1, …`: parameters, or the same with a suffix. */
export function list(name: string, count: number, suffix = ""): string {
  return Array.from({ length: count }, (_, i) => `${name}${i}${suffix}`).join(",");
}
