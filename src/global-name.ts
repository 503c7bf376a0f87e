import type { Class } from "./class-tag.ts";

/** The classes that stand for primitives, by the names that these have as types: `"js:number"`. */
export const PRIMITIVES: Readonly<Record<string, Class>> = {
  number: Number,
  string: String,
  boolean: Boolean,
  bigint: BigInt as unknown as Class,
  symbol: Symbol as unknown as Class,
};

/** What is expected in place of `"js:…"` with this name; `undefined` where it may be a type. */
export function misnamedGlobal(name: string): string | undefined {
  if (name === "null" || name === "undefined") {
    return "another type: dispatch passes over arguments that are null or undefined";
  }
  const primitive = Object.keys(PRIMITIVES).find((each) => PRIMITIVES[each]!.name === name);
  return primitive === undefined ? undefined : `"js:${primitive}"`;
}
