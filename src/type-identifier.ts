import { addon } from "./addon.ts";
import { DispatchError } from "./errors.ts";
import { change, makeRoomFor } from "./realm.ts";

/** A type by name: `"package:Export"`, or `"js:Float32Array"` and `"js:number"` for the language's own. */
export type TypeIdentifier = `${string}:${string}`;

/** A class, as far as dispatch looks at it. */
export type Class = abstract new (...args: never[]) => object;

/** The key of a type's tag on its prototype. */
export const TAG: unique symbol = Symbol.for("tagswitch.tag") as typeof TAG;

/** The key under which a class may state its own identifier, as a static property. */
export const TYPE: unique symbol = Symbol.for("tagswitch.type") as typeof TYPE;

/** A value whose class has a tag. */
export interface Tagged {
  readonly [TAG]?: number;
}

const PRIMITIVES: Readonly<Record<string, object>> = {
  number: Number.prototype,
  string: String.prototype,
  boolean: Boolean.prototype,
  bigint: BigInt.prototype,
  symbol: Symbol.prototype,
};

/** The tag of classes without an identifier. */
const UNKNOWN = addon.internType("unknown");

// Prototypes that cannot or must not carry a property: frozen ones, and Object's, which all others inherit from.
const aside = new WeakMap<object, number>();

// Prototypes noted as unknown, which a later registration may concern.
let unknown: WeakRef<object>[] = [];

/** The tag of an identifier. A global type (`"js:…"`) is tagged with it. */
export function internType(identifier: string): number {
  if (typeof identifier !== "string" || !/^[^:]+:[^:]+$/.test(identifier)) {
    const message = `${JSON.stringify(identifier)} is no type identifier; expected "package:Export" or "js:Name"`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const tag = addon.internType(identifier);
  makeRoomFor(tag);
  if (identifier.startsWith("js:")) tagGlobal(identifier.slice("js:".length), tag);
  return tag;
}

/**
 * Gives a class its identifier, in place of the static property `Symbol.for("tagswitch.type")` that its author may
 * write. Instances of subclasses without an identifier of their own count as instances of it.
 *
 * A subclass that states an identifier, of a class that has one, needs this call before its first use.
 *
 * @throws DispatchError `ERR_DISPATCH_DUPLICATE` when the class has another identifier already.
 */
export function registerType(type: Class, identifier: TypeIdentifier | undefined = ownIdentifier(type)): void {
  if (typeof type !== "function" || typeof type.prototype !== "object" || type.prototype === null) {
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", `registerType takes a class; it was given ${String(type)}`);
  }
  if (identifier === undefined) {
    const message = `class ${type.name} states no identifier; pass one: registerType(${type.name}, "package:${type.name}")`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const prototype = type.prototype as object;
  const tag = internType(identifier);
  const present = ownTag(prototype) ?? aside.get(prototype);
  if (present === tag) return;
  if (present !== undefined && present !== UNKNOWN) {
    const message = `class ${type.name} is registered as "${addon.typeIdentifier(present)}" already, and cannot be "${identifier}" too`;
    throw new DispatchError("ERR_DISPATCH_DUPLICATE", message);
  }
  const parent = inheritedTag(Object.getPrototypeOf(prototype));
  forgetUnknown();
  mark(prototype, tag);
  if (parent !== undefined && parent !== tag) change("addParent", tag, parent);
}

/** The tag of a value; 0 for `undefined` and `null`, which dispatch passes over. */
export function tagOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  return (value as Tagged)[TAG] ?? identify(Object.getPrototypeOf(value) as object | null);
}

/** The identifier of a value's type, for people: a class without one by its name. */
export function typeName(value: unknown): string {
  if (value === undefined || value === null) return `js:${String(value)}`;
  const tag = tagOf(value);
  if (tag !== UNKNOWN) return addon.typeIdentifier(tag);
  if (typeof value !== "object") return `js:${typeof value}`;
  const name = (value.constructor as unknown as { name?: string } | undefined)?.name;
  return name ? `an unregistered ${name}` : "an object without a class";
}

/** The identifier behind a tag. */
export function identifierOf(tag: number): string {
  return addon.typeIdentifier(tag);
}

/** Finds out about a prototype seen for the first time, or one that cannot carry its tag. */
function identify(prototype: object | null): number {
  if (prototype === null) return UNKNOWN;
  const noted = aside.get(prototype);
  if (noted !== undefined) return noted;
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const type = constructorOf(at);
    const identifier = type && ownIdentifier(type);
    if (identifier !== undefined) {
      registerType(type!, identifier);
      return inheritedTag(prototype)!;
    }
  }
  const inherited = inheritedTag(prototype);
  if (inherited !== undefined) {
    mark(prototype, inherited);
    return inherited;
  }
  // Noted aside: a class that nobody registered, perhaps the language's own, is none of ours to write on.
  aside.set(prototype, UNKNOWN);
  unknown.push(new WeakRef(prototype));
  return UNKNOWN;
}

function mark(prototype: object, tag: number): void {
  if (prototype === Object.prototype || prototype === Function.prototype || !Object.isExtensible(prototype)) {
    aside.set(prototype, tag);
  } else {
    Object.defineProperty(prototype, TAG, { value: tag, configurable: true });
  }
}

/** A registration may concern classes seen before: they are looked at anew. */
function forgetUnknown(): void {
  for (const reference of unknown) {
    const prototype = reference.deref();
    if (prototype !== undefined) aside.delete(prototype);
  }
  unknown = [];
}

function tagGlobal(name: string, tag: number): void {
  const type = (globalThis as Record<string, unknown>)[name];
  const prototype =
    PRIMITIVES[name] ?? (typeof type === "function" ? (type.prototype as object | undefined) : undefined);
  if (prototype !== undefined && ownTag(prototype) === undefined) {
    forgetUnknown();
    mark(prototype, tag);
  }
}

function ownTag(prototype: object): number | undefined {
  return Object.hasOwn(prototype, TAG) ? (prototype as Tagged)[TAG] : undefined;
}

function inheritedTag(prototype: object | null): number | undefined {
  for (let at = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const tag = aside.get(at) ?? ownTag(at);
    if (tag !== undefined && tag !== UNKNOWN) return tag;
  }
  return undefined;
}

function constructorOf(prototype: object): Class | undefined {
  const type = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value as unknown;
  return typeof type === "function" ? (type as unknown as Class) : undefined;
}

function ownIdentifier(type: Class): TypeIdentifier | undefined {
  return Object.hasOwn(type, TYPE) ? (type as unknown as { [TYPE]: TypeIdentifier })[TYPE] : undefined;
}
