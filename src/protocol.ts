import { hideTag, nameOfClassOf, PROTOCOL, registeredTag } from "./class-tag.ts";
import { identifierOf, tagOf } from "./type-identifier.ts";

export { PROTOCOL };

/** What a class returns that leaves a call to others. */
export const PASS: unique symbol = Symbol.for("tagswitch.pass") as typeof PASS;

/** A call that a class with a protocol of its own is asked to answer. What its method returns is the call's result. */
export interface ProtocolCall {
  /** The name of the library's backend system. */
  readonly system: string;
  /** The dispatchable's name. */
  readonly function: string;
  /** Type identifiers of the dispatch arguments. */
  readonly types: readonly string[];
  /** The call's arguments; a method's object is not among them. */
  readonly args: readonly unknown[];
  /** The object whose method is called; `undefined` for a function. */
  readonly receiver: unknown;
  /** The answer that leaves the call to the next class with a protocol, then to the backends. */
  readonly pass: typeof PASS;
  /**
   * Goes on as if this class, and those that were asked before it, had no protocol. In a call of `fn.async` it returns
   * a promise.
   *
   * @param args in place of the call's own; those when there are none.
   */
  readonly proceed: (...args: readonly unknown[]) => unknown;
}

/** What a class with a protocol implements. */
export interface DispatchProtocol {
  [PROTOCOL](call: ProtocolCall): unknown;
}

/** A class with a protocol among the types of a call, and the first of its instances there. */
export interface ProtocolHolder {
  /** The class, by its prototype. */
  readonly prototype: object;
  /** What stands in traces for the backend's name. */
  readonly name: string;
  readonly value: DispatchProtocol;
}

const NOBODY: readonly ProtocolHolder[] = [];

/**
 * The classes with a protocol among dispatch arguments, in the order in which they are asked, each once: from left to
 * right, but subclasses before the classes that they derive from, as in NumPy (NEP 18).
 *
 * @param asked prototypes of classes to leave out.
 */
export function protocolsOf(values: readonly unknown[], asked: readonly object[]): readonly ProtocolHolder[] {
  let holders: ProtocolHolder[] | undefined;
  for (const value of values) {
    if (value === undefined || value === null) continue;
    const prototype = Object.getPrototypeOf(value) as Partial<DispatchProtocol> | null;
    if (typeof prototype?.[PROTOCOL] !== "function" || asked.includes(prototype)) continue;
    // A class that nobody registered may have inherited the tag of one that somebody did.
    hideTag(prototype);
    holders ??= [];
    if (holders.some((holder) => holder.prototype === prototype)) continue;
    const holder = { prototype, name: `protocol of ${nameOf(value, prototype)}`, value: value as DispatchProtocol };
    const parent = holders.findIndex((other) => Object.prototype.isPrototypeOf.call(other.prototype, prototype));
    holders.splice(parent < 0 ? holders.length : parent, 0, holder);
  }
  return holders ?? NOBODY;
}

/** The class's own identifier, not that of the class it counts as; else its name. */
function nameOf(value: unknown, prototype: object): string {
  // A class that states its identifier has it from the first look on.
  tagOf(value);
  const tag = registeredTag(prototype);
  return tag === undefined ? nameOfClassOf(value as object) || "a class without a name" : identifierOf(tag);
}
