import { type Class, classOf, type Place } from "./class-tag.ts";
import { nameOfFunction } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { misnamedGlobal, PRIMITIVES } from "./global-name.ts";

// The language's own types by name, to know them in other realms.
const named = new Map<string, number>();

/**
 * Takes note that a type of the language is named by its identifier.
 *
 * @returns its class, where it has one that is not known yet.
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT` for what is no type.
 */
export function nameGlobal(name: string, intern: () => number): Class | undefined {
  const expected = misnamedGlobal(name);
  if (expected !== undefined) {
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", `"js:${name}" is no type; expected ${expected}`);
  }
  const tag = intern();
  if (named.has(name)) return undefined;
  named.set(name, tag);
  const type = PRIMITIVES[name] ?? (globalThis as Record<string, unknown>)[name];
  return typeof type === "function" && type.prototype !== undefined ? (type as unknown as Class) : undefined;
}

/** Where a prototype stands by another realm's built-in type, which is known by its name. */
export function foreignPlaceOf(prototype: object): Place | undefined {
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const type = classOf(at);
    const tag = type && named.get(nameOfFunction(type));
    if (tag !== undefined && Function.prototype.toString.call(type).endsWith("{ [native code] }")) {
      return { tag, direct: at === prototype };
    }
  }
  return undefined;
}
