import { addon } from "./addon.ts";
import { nameOfFunction } from "./display.ts";
import { change, makeRoomFor } from "./realm.ts";

/** A class, as far as dispatch looks at it. */
export type Class = abstract new (...args: never[]) => object;

/** The key of a type's tag on its prototype. */
export const TAG: unique symbol = Symbol.for("tagswitch.tag") as typeof TAG;

/**
 * The key of a class's own dispatch protocol, `Symbol.for("tagswitch.dispatch")`: its method by this name is asked to
 * answer the calls that its instances are dispatch arguments of, before any backend is. See `ProtocolCall`.
 */
export const PROTOCOL: unique symbol = Symbol.for("tagswitch.dispatch") as typeof PROTOCOL;

/** A value whose class has a tag. */
export interface Tagged {
  readonly [TAG]?: number;
}

/** Where a prototype stands: the tag of the nearest class with an identifier, and whether that is its own class. */
export interface Place {
  readonly tag: number;
  readonly direct: boolean;
}

interface TaggedClass {
  readonly type: WeakRef<Class>;
  readonly prototype: WeakRef<object>;
  readonly tag: number;
}

/** The tag of classes without an identifier. */
export const UNKNOWN: number = addon.internType("an unregistered class");

// The truth about tags: prototypes that are frozen, or that everything inherits from, do not carry theirs.
const registeredTags = new WeakMap<object, number>();
const implicitTags = new WeakMap<object, number>();
const registered: TaggedClass[] = [];
let implicit: TaggedClass[] = [];
let pruneAt = 1024;

// What prototypes without a tag of their own were taken for. A registration may concern them: it starts this anew.
let guesses = new WeakMap<object, number>();

// Tags of which only direct instances are told by the prototype.
const exact = new Set<number>();

// Tags of unregistered classes by all that dispatch knows of such a class, so that class factories make few.
const implicitByTraits = new Map<string, number>();
const implicitNames = new Set<string>();

// What classes without an identifier count as, by the tags of those that need one of their own.
const implicitParents = new Map<number, number>();

const structural = new Map<number, Set<number>>();

// A tag never stands for another identifier, and to ask for one crosses Node-API.
const identifiers: string[] = [];

/** The identifier behind a tag. */
export function identifierOf(tag: number): string {
  return (identifiers[tag] ??= addon.typeIdentifier(tag));
}

/** The tag of a class by its prototype, whether it has an identifier or was only guessed at. */
export function notedTag(prototype: object): number | undefined {
  return registeredTags.get(prototype) ?? implicitTags.get(prototype) ?? guesses.get(prototype);
}

/** The tag of a class that has an identifier. */
export function registeredTag(prototype: object): number | undefined {
  return registeredTags.get(prototype);
}

/** The nearest class with an identifier, up from a prototype. */
export function placeOf(prototype: object | null): Place | undefined {
  for (let at = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const tag = registeredTags.get(at);
    if (tag !== undefined) return { tag, direct: at === prototype };
  }
  return undefined;
}

/** Notes what a class without a tag of its own counts as. Nothing is written on it. */
export function guess(prototype: object, tag: number): number {
  guesses.set(prototype, tag);
  return tag;
}

/** Gives a class the tag of its identifier, and finds its place among those that have one. */
export function giveTag(type: Class, prototype: object, tag: number): void {
  withdrawTags((other) => other === prototype || Object.prototype.isPrototypeOf.call(prototype, other));
  registeredTags.set(prototype, tag);
  write(prototype, tag);
  linkToParent(prototype, tag);
  for (const other of registered) {
    const descendant = other.prototype.deref();
    if (descendant !== undefined && Object.prototype.isPrototypeOf.call(prototype, descendant)) {
      linkToParent(descendant, other.tag);
    }
  }
  registered.push({ type: new WeakRef(type), prototype: new WeakRef(prototype), tag });
}

/**
 * Gives a class without an identifier a tag of its own: `parent` admits direct instances only somewhere, or the class
 * is one of structural types. Classes of one name of which dispatch knows the same share it.
 *
 * @param isInherited whether subclasses without an identifier count as the same; otherwise they are looked at for
 * themselves, and the tag is told of direct instances only.
 */
export function giveImplicitTag(
  type: Class,
  prototype: object,
  parent: number | undefined,
  members: readonly number[],
  isInherited: boolean,
): number {
  const name = nameOfFunction(type) || "(anonymous)";
  const traits = `${parent}>${members.join()}:${name}`;
  let tag = implicitByTraits.get(traits);
  if (tag === undefined) {
    tag = addon.internType(freeName(`unregistered:${name}`));
    makeRoomFor(tag);
    implicitByTraits.set(traits, tag);
    if (parent !== undefined) {
      implicitParents.set(tag, parent);
      change("addParent", tag, parent, true);
    }
    for (const member of members) addMember(tag, member);
  }
  implicitTags.set(prototype, tag);
  write(prototype, tag, isInherited);
  if (implicit.length >= pruneAt) {
    implicit = implicit.filter((entry) => entry.prototype.deref() !== undefined);
    pruneAt = Math.max(pruneAt, 2 * implicit.length);
  }
  implicit.push({ type: new WeakRef(type), prototype: new WeakRef(prototype), tag });
  return tag;
}

/** Takes back what was found out about classes without an identifier: they are identified anew when next seen. */
export function withdrawTags(concerns: (prototype: object, type: Class) => boolean): void {
  guesses = new WeakMap();
  implicit = implicit.filter((entry) => {
    const [prototype, type] = [entry.prototype.deref(), entry.type.deref()];
    if (prototype === undefined || type === undefined) return false;
    if (!concerns(prototype, type)) return true;
    implicitTags.delete(prototype);
    if (Object.isExtensible(prototype) && !(PROTOCOL in prototype)) delete (prototype as { [TAG]?: number })[TAG];
    return false;
  });
}

/** The tag of the type that instances of a class count as, from the tag of the class; its own where it has an identifier. */
export function countedAs(tag: number): number {
  return implicitParents.get(tag) ?? tag;
}

/** Whether a tag is that of a class without an identifier. */
export function isImplicit(tag: number): boolean {
  return tag === UNKNOWN || identifierOf(tag).startsWith("unregistered:");
}

/** From now on prototypes with this tag tell it of direct instances only; others are looked at one by one. */
export function declareExact(tag: number): void {
  if (exact.has(tag)) return;
  exact.add(tag);
  withdrawTags(() => false);
  for (const entry of registered) {
    const prototype = entry.prototype.deref();
    if (entry.tag === tag && prototype !== undefined) write(prototype, tag);
  }
}

/** Whether some backend takes only direct instances of this type. */
export function isExact(tag: number): boolean {
  return exact.has(tag);
}

/** Notes that instances of the class with this tag are of a structural type. */
export function addMember(tag: number, member: number): void {
  let members = structural.get(tag);
  if (members === undefined) structural.set(tag, (members = new Set()));
  if (members.has(member)) return;
  members.add(member);
  change("addMember", tag, member);
}

/** Whether {@link addMember} was called with these. */
export function isMember(tag: number, member: number): boolean {
  return structural.get(tag)?.has(member) ?? false;
}

/** The classes with an identifier that still exist. */
export function* registeredClasses(): Generator<{ type: Class; tag: number }> {
  for (const entry of registered) {
    const type = entry.type.deref();
    if (type !== undefined) yield { type, tag: entry.tag };
  }
}

/** The class that a prototype belongs to. */
export function classOf(prototype: object): Class | undefined {
  const type = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value as unknown;
  return typeof type === "function" ? (type as unknown as Class) : undefined;
}

/** The name of an object's class; empty where there is none. */
export function nameOfClassOf(object: object): string {
  for (let at = parentOf(object); at !== null; at = parentOf(at)) {
    const type = classOf(at);
    if (type !== undefined) return nameOfFunction(type);
  }
  return "";
}

function linkToParent(prototype: object, tag: number): void {
  const parent = placeOf(Object.getPrototypeOf(prototype) as object | null)?.tag;
  if (parent !== undefined && parent !== tag) change("addParent", tag, parent);
}

/**
 * Has stubs read no tag from instances of a class with a protocol, nor of its subclasses: so no call with them is ever
 * answered from the table, however often its like was made. The class has its tag all the same.
 */
export function hideTag(prototype: object): void {
  if (!Object.isExtensible(prototype)) tellAboveDirect(prototype);
  else if (!Object.hasOwn(prototype, TAG) || (prototype as Tagged)[TAG] !== undefined) {
    Object.defineProperty(prototype, TAG, { value: undefined, configurable: true });
  }
}

/** Writes a tag where stubs read it: of direct instances only, or of whatever inherits it too. */
function write(prototype: object, tag: number, isInherited: boolean = !exact.has(tag)): void {
  if (PROTOCOL in prototype) {
    hideTag(prototype);
  } else if (!carriesTag(prototype)) {
    tellAboveDirect(prototype);
  } else if (isInherited) {
    Object.defineProperty(prototype, TAG, { value: tag, configurable: true });
  } else {
    tellDirect(prototype, tag);
  }
}

/** Keeps instances of a class that cannot carry its tag from being told that of the next class above. */
function tellAboveDirect(prototype: object): void {
  let above = parentOf(prototype);
  while (above !== null && !Object.hasOwn(above, TAG)) above = parentOf(above);
  if (above !== null && !(PROTOCOL in above))
    tellDirect(above, (registeredTags.get(above) ?? implicitTags.get(above))!);
}

/** Has a prototype tell its tag of direct instances only. */
function tellDirect(prototype: object, tag: number): void {
  const get = function (this: unknown): number | undefined {
    return Object.getPrototypeOf(this) === prototype ? tag : undefined;
  };
  Object.defineProperty(prototype, TAG, { get, configurable: true });
}

/** Whether a prototype can and may carry a tag; those that all objects, or all classes, inherit from may not. */
function carriesTag(prototype: object): boolean {
  const isRoot = parentOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
  return Object.isExtensible(prototype) && !isRoot && typeof prototype !== "function";
}

function parentOf(prototype: object): object | null {
  return Object.getPrototypeOf(prototype) as object | null;
}

function freeName(name: string): string {
  let free = name;
  for (let i = 2; implicitNames.has(free); i++) free = `${name}#${i}`;
  implicitNames.add(free);
  return free;
}
