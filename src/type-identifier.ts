import { addon } from "./addon.ts";
import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { change, isTag, makeRoomFor } from "./realm.ts";

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

// Tags of prototypes that cannot or must not carry a property: frozen ones, and Object's, which all inherit from.
const aside = new WeakMap<object, number>();

// What prototypes without a tag of their own were taken for. A registration may concern them: it starts this anew.
let guesses = new WeakMap<object, number>();

const tagged: { readonly prototype: WeakRef<object>; readonly tag: number }[] = [];

// The language's own types by name, to know them in other realms.
const globals = new Map<string, number>();

/** The tag of an identifier. A global type (`"js:…"`) is tagged with it. */
export function internType(identifier: string): number {
  if (typeof identifier !== "string" || !/^[^:]+:[^:]+$/.test(identifier)) {
    const message = `${display(identifier)} is no type identifier; expected "package:Export" or "js:Name"`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const name = identifier.startsWith("js:") ? identifier.slice("js:".length) : undefined;
  if (name !== undefined) checkGlobalName(name);
  const tag = addon.internType(identifier);
  makeRoomFor(tag);
  if (name !== undefined) tagGlobal(name, tag);
  return tag;
}

/**
 * Gives a class its identifier, in place of the static property `Symbol.for("tagswitch.type")` that its author may
 * write. Instances of subclasses without an identifier of their own count as instances of it.
 *
 * A subclass that states an identifier, of a class that has been dispatched on, needs this call before its first use:
 * until then it counts as that class.
 *
 * @throws DispatchError `ERR_DISPATCH_DUPLICATE` when the class has another identifier already.
 */
export function registerType(type: Class, identifier: TypeIdentifier | undefined = ownIdentifier(type)): void {
  if (typeof type !== "function" || typeof type.prototype !== "object" || type.prototype === null) {
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", `registerType takes a class; it was given ${display(type)}`);
  }
  if (identifier === undefined) {
    const message = `class ${type.name} states no identifier; pass one: registerType(${type.name}, "package:${type.name}")`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const prototype = type.prototype as object;
  const tag = internType(identifier);
  const present = assignedTag(prototype);
  if (present !== undefined && present !== tag) {
    const message = `class ${type.name} is registered as "${addon.typeIdentifier(present)}" already, and cannot be "${identifier}" too`;
    throw new DispatchError("ERR_DISPATCH_DUPLICATE", message);
  }
  if (present === undefined) assign(prototype, tag);
}

/**
 * The tag of a value; 0 for `undefined` and `null`, which dispatch passes over.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT` for a value that answers the question with nonsense.
 */
export function tagOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  const tag: unknown = (value as Tagged)[TAG];
  if (tag === undefined) return identify(Object.getPrototypeOf(value) as object | null);
  if (isTag(tag)) return tag;
  const message = `a value gives ${display(tag)} for Symbol.for("tagswitch.tag"), which is no type's tag`;
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
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

/** Finds out about a prototype seen for the first time, or one that cannot carry its tag. */
function identify(prototype: object | null): number {
  if (prototype === null) return UNKNOWN;
  const noted = aside.get(prototype) ?? guesses.get(prototype);
  if (noted !== undefined) return noted;
  registerStated(prototype);
  // Only noted: a class that nobody registered is none of ours to write on.
  const tag = inheritedTag(prototype) ?? foreignGlobal(prototype) ?? UNKNOWN;
  guesses.set(prototype, tag);
  return tag;
}

/** Registers the classes along a prototype chain that state an identifier, the most general first. */
function registerStated(prototype: object | null): void {
  if (prototype === null) return;
  registerStated(Object.getPrototypeOf(prototype) as object | null);
  const type = constructorOf(prototype);
  const identifier = type && ownIdentifier(type);
  if (identifier !== undefined && assignedTag(prototype) === undefined) assign(prototype, internType(identifier));
}

/** Gives a prototype its tag, and finds its place among those that have one. */
function assign(prototype: object, tag: number): void {
  registerStated(Object.getPrototypeOf(prototype) as object | null);
  guesses = new WeakMap();
  if (prototype === Object.prototype || prototype === Function.prototype || !Object.isExtensible(prototype)) {
    aside.set(prototype, tag);
  } else {
    Object.defineProperty(prototype, TAG, { value: tag, configurable: true });
  }
  linkToParent(prototype, tag);
  for (const other of tagged) {
    const descendant = other.prototype.deref();
    if (descendant !== undefined && Object.prototype.isPrototypeOf.call(prototype, descendant)) {
      linkToParent(descendant, other.tag);
    }
  }
  tagged.push({ prototype: new WeakRef(prototype), tag });
}

function linkToParent(prototype: object, tag: number): void {
  const parent = inheritedTag(Object.getPrototypeOf(prototype) as object | null);
  if (parent !== undefined && parent !== tag) change("addParent", tag, parent);
}

function checkGlobalName(name: string): void {
  const primitive = name.toLowerCase();
  if (name === "null" || name === "undefined") {
    const message = `"js:${name}" is no type: dispatch passes over arguments that are null or undefined`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  if (primitive in PRIMITIVES && name !== primitive) {
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", `"js:${name}" is called "js:${primitive}"`);
  }
}

function tagGlobal(name: string, tag: number): void {
  if (globals.has(name)) return;
  globals.set(name, tag);
  const type = (globalThis as Record<string, unknown>)[name];
  const prototype =
    PRIMITIVES[name] ?? (typeof type === "function" ? (type.prototype as object | undefined) : undefined);
  if (prototype !== undefined && assignedTag(prototype) === undefined) assign(prototype, tag);
}

/** The tag of another realm's built-in type, which is known by its name. */
function foreignGlobal(prototype: object): number | undefined {
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const type = constructorOf(at);
    const tag = type && globals.get(type.name);
    if (tag !== undefined && Function.prototype.toString.call(type).endsWith("{ [native code] }")) return tag;
  }
  return undefined;
}

function assignedTag(prototype: object): number | undefined {
  if (Object.hasOwn(prototype, TAG)) return (prototype as Tagged)[TAG];
  return aside.get(prototype);
}

function inheritedTag(prototype: object | null): number | undefined {
  for (let at = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const tag = assignedTag(at);
    if (tag !== undefined) return tag;
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
