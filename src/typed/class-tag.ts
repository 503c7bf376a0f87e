import { type Class, DispatchError, registerType } from "../index.ts";

/** The key of a type's tag on its prototype, as `lookup` has it. */
export const TAG: symbol = Symbol.for("tagswitch.tag");

/**
 * Classes that no tag tells: primitives share those of their wrappers, and everything inherits from `Object`.
 */
const UNREADABLE: ReadonlySet<unknown> = new Set([Number, String, Boolean, BigInt, Symbol, Object, Function]);

let unnamed = 0;

/**
 * Whether all instances of a class, and nothing else, can be known by reading a tag. Registers the class, under a
 * name of ours where it has none.
 */
export function isReadableClass(type: Class): boolean {
  const prototype: unknown = type.prototype;
  if (typeof prototype !== "object" || prototype === null || UNREADABLE.has(type) || decidesItself(type)) return false;
  // Checked before and after: some prototypes keep their tag elsewhere, and are none that calls could read.
  if (!Object.hasOwn(prototype, TAG) && Object.isExtensible(prototype)) register(type);
  return Object.hasOwn(prototype, TAG);
}

function register(type: Class): void {
  if ((globalThis as Record<string, unknown>)[type.name] === type) return registerType(type, `js:${type.name}`);
  try {
    registerType(type);
  } catch (error) {
    // It states no identifier.
    if (!(error instanceof DispatchError)) throw error;
    registerType(type, `tagswitch/typed:${type.name || "class"}.${++unnamed}`);
  }
}

/** Whether `instanceof` asks the class instead of looking at prototypes. */
function decidesItself(type: Class): boolean {
  return (type as { [Symbol.hasInstance]?: unknown })[Symbol.hasInstance] !== Function.prototype[Symbol.hasInstance];
}
