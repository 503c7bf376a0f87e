import { addon } from "./addon.ts";
import {
  addMember,
  type Class,
  classOf,
  countedAs,
  giveImplicitTag,
  giveTag,
  guess,
  identifierOf,
  isExact,
  isImplicit,
  isMember,
  nameOfClassOf,
  notedTag,
  placeOf,
  registeredTag,
  TAG,
  type Tagged,
  UNKNOWN,
  withdrawTags,
} from "./class-tag.ts";
import { display, nameOfFunction } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { foreignPlaceOf, nameGlobal } from "./global-type.ts";
import { isLoadedExport } from "./loaded-export.ts";
import { isTag, makeRoomFor } from "./realm.ts";
import { countStructuralTypes, structuralTypesOf } from "./structural-type.ts";

export { type Class, countedAs, identifierOf, TAG, type Tagged } from "./class-tag.ts";

/** A type by name: `"package:Export"`, or `"js:Float32Array"` and `"js:number"` for the language's own. */
export type TypeIdentifier = `${string}:${string}`;

/** The key under which a class may state its own identifier, as a static property. */
export const TYPE: unique symbol = Symbol.for("tagswitch.type") as typeof TYPE;

// Packages by the name of an export that an identifier names.
const packagesByExport = new Map<string, Set<string>>();

/** The tag of an identifier. A global type (`"js:…"`) is tagged with it. */
export function internType(identifier: string): number {
  if (typeof identifier !== "string" || !/^[^:]+:[^:]+$/.test(identifier)) {
    const message = `${display(identifier)} is no type identifier; expected "package:Export" or "js:Name"`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const intern = (): number => {
    const tag = addon.internType(identifier);
    makeRoomFor(tag);
    return tag;
  };
  const [packageName, name] = identifier.split(":") as [string, string];
  if (packageName === "js") {
    const type = nameGlobal(name, intern);
    if (type !== undefined && registeredTag(prototypeOf(type)) === undefined) assign(type, prototypeOf(type), intern());
  } else if (packageName !== "unregistered") {
    expectExport(packageName, name);
  }
  return intern();
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
  checkClass(type, "registerType takes a class");
  if (identifier === undefined) {
    const name = nameOfFunction(type) || "Class";
    const message = `class ${name} states no identifier; pass one: registerType(${name}, "package:${name}")`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const tag = internType(identifier);
  const prototype = prototypeOf(type);
  const present = registeredTag(prototype);
  if (present !== undefined && present !== tag) {
    const message = `class ${nameOfFunction(type)} is registered as "${identifierOf(present)}" already, and cannot be "${identifier}" too`;
    throw new DispatchError("ERR_DISPATCH_DUPLICATE", message);
  }
  if (present === undefined) assign(type, prototype, tag);
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

/**
 * The tag of a class's direct instances, or of an identifier.
 *
 * @param place begins the message for what is neither.
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
 */
export function tagOfType(type: unknown, place: string): number {
  if (typeof type === "string") return internType(type);
  checkClass(type, place);
  const tag = tagOf(Object.create(prototypeOf(type)));
  if (tag !== UNKNOWN) return tag;
  const message = `${place}; class ${nameOfFunction(type) || "without a name"} has no identifier: registerType gives it one`;
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
}

/**
 * The tag of the type that a value counts as: of classes without an identifier that of the next class above that has
 * one, though somebody tells its direct instances apart.
 */
export function countedTagOf(value: unknown): number {
  return countedAs(tagOf(value));
}

/** The identifier of a value's type, for people: a class without one by its name. */
export function typeName(value: unknown): string {
  if (value === undefined || value === null) return `js:${String(value)}`;
  const tag = tagOf(value);
  if (!isImplicit(tag)) return identifierOf(tag);
  // Functions are of a class, by whose name backends know them.
  if (typeof value === "function") return "js:Function";
  if (typeof value !== "object") return `js:${typeof value}`;
  const name = nameOfClassOf(value);
  return name !== "" ? `an unregistered ${name}` : "an object without a class";
}

/** Finds out about a prototype seen for the first time, or one that cannot carry its tag. */
function identify(prototype: object | null): number {
  if (prototype === null) return UNKNOWN;
  const noted = notedTag(prototype);
  if (noted !== undefined) return noted;
  const type = classOf(prototype);
  // An object with another object for its prototype is an instance of that one's class.
  if (type === undefined || prototypeOf(type) !== prototype) {
    return guess(prototype, identify(Object.getPrototypeOf(prototype) as object | null));
  }
  recognise(prototype);
  const own = registeredTag(prototype);
  if (own !== undefined) return own;
  const place = placeOf(prototype) ?? foreignPlaceOf(prototype);
  if (place?.direct) return guess(prototype, place.tag);
  const structural = structuralTypesAlong(prototype);
  const isOrdinary =
    place === undefined ? structural.length === 0 : !isExact(place.tag) && areMembers(place.tag, structural);
  if (!isOrdinary) {
    // Subclasses count as the class that has an identifier, if there is one, and may be of more structural types if not.
    const isInherited = place !== undefined || structural.length === countStructuralTypes();
    return giveImplicitTag(type, prototype, place?.tag, structural, isInherited);
  }
  // Only noted: a class that nobody registered, and that is like others, is none of ours to write on.
  return guess(prototype, place?.tag ?? UNKNOWN);
}

/**
 * The structural types of a class without an identifier, which counts as the next class above that has one, here too.
 * Where there is none, they are asked about the class and all that it extends.
 */
function structuralTypesAlong(prototype: object): number[] {
  let line: object[] = [];
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    // Of what everything inherits from, only plain objects are instances.
    if (at !== prototype && Object.getPrototypeOf(at) === null) break;
    line.push(at);
    if (registeredTag(at) === undefined) continue;
    line = [at];
    break;
  }
  const types = line.map((at) => ({ at, type: classOf(at) }));
  const found = types.flatMap(({ at, type }) =>
    type !== undefined && prototypeOf(type) === at ? structuralTypesOf(type) : [],
  );
  return [...new Set(found)];
}

/** Whether the class with this tag is of all these structural types. */
function areMembers(tag: number, structural: readonly number[]): boolean {
  return structural.every((member) => isMember(tag, member));
}

/** Registers the classes along a prototype chain that state an identifier or are known exports, general ones first. */
function recognise(prototype: object | null): void {
  if (prototype === null) return;
  recognise(Object.getPrototypeOf(prototype) as object | null);
  const type = classOf(prototype);
  if (type === undefined || registeredTag(prototype) !== undefined) return;
  const identifier = ownIdentifier(type) ?? exportIdentifier(type, prototype);
  if (identifier !== undefined) assign(type, prototype, internType(identifier));
}

/** Gives a class its tag, and asks the structural types about it. */
function assign(type: Class, prototype: object, tag: number): void {
  recognise(Object.getPrototypeOf(prototype) as object | null);
  giveTag(type, prototype, tag);
  for (const structural of structuralTypesOf(type)) addMember(tag, structural);
}

/** Notes that a class may be this export of this package, those too that were seen before. */
function expectExport(packageName: string, name: string): void {
  const packages = packagesByExport.get(name);
  if (packages?.has(packageName)) return;
  if (packages === undefined) packagesByExport.set(name, new Set([packageName]));
  else packages.add(packageName);
  withdrawTags((_, type) => nameOfFunction(type) === name);
}

/** The identifier of a class that nobody registered, but that is an export which some identifier names. */
function exportIdentifier(type: Class, prototype: object): TypeIdentifier | undefined {
  if (prototypeOf(type) !== prototype) return undefined;
  const name = nameOfFunction(type);
  for (const packageName of packagesByExport.get(name) ?? []) {
    if (isLoadedExport(type, packageName, name)) return `${packageName}:${name}`;
  }
  return undefined;
}

function checkClass(type: unknown, place: string): asserts type is Class {
  if (typeof type === "function" && typeof type.prototype === "object" && type.prototype !== null) return;
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", `${place}; it was given ${display(type)}`);
}

function prototypeOf(type: Class): object {
  return type.prototype as object;
}

function ownIdentifier(type: Class): TypeIdentifier | undefined {
  return Object.hasOwn(type, TYPE) ? (type as unknown as { [TYPE]: TypeIdentifier })[TYPE] : undefined;
}
