import type { Class, TypeIdentifier } from "../index.ts";
import { identifierTest } from "./identifier-test.ts";
import { isReadableClass } from "./class-tag.ts";

/** A function that is given to us, whose parameters may be narrower than what it is called with. */
export type Given<A extends unknown[]> = { narrower(...args: A): unknown }["narrower"];

/** A type, as it is added to a universe. */
export interface TypeDefinition {
  name: string;
  /** Whether a value is of the type. May be left out where `type` says it. */
  test?: Given<[value: unknown]>;
  /**
   * What `test` asks for, where it asks for no more: instances of a class, or a type by identifier (`"js:number"`,
   * `"package:Class"`). Calls may then look at the value's class alone, and not run `test`.
   */
  type?: Class | TypeIdentifier;
  isAny?: boolean;
}

/** A conversion between two types of a universe. */
export interface ConversionDefinition {
  from: string;
  to: string;
  convert: Given<[value: unknown]>;
}

/** A conversion that was added. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly convert: (value: unknown) => unknown;
  /** Its number, in the order in which conversions were added. */
  readonly index: number;
}

/**
 * What decides whether a value is of a type.
 *
 * - `any`: every value is.
 * - a form (`number`, `array`, …): what kind of value the language says it is.
 * - `plain`: `constructor` is `Object`, which an object can hide.
 * - `class`, `identifier`: the tag of the value's class.
 * - `value`: a function that may look at anything, so that it must be asked for each value.
 */
export type Decider = Form | "any" | "plain" | "class" | "identifier" | "value";

/** Kinds of values that the language tells apart. */
export type Form = "number" | "string" | "boolean" | "undefined" | "null" | "function" | "array";

/** A type of a universe. */
export interface ValueType {
  readonly name: string;
  readonly test: (value: unknown) => unknown;
  readonly isAny: boolean;
  /** Its place among the types of its universe. */
  index: number;
  /** Conversions to it, in the order in which they were added. */
  conversionsTo: Conversion[];
  readonly decider: Decider;
}

type Test = ValueType["test"];

/** The type that every universe has. */
export const ANY: TypeDefinition = { name: "any", test: () => true, isAny: true };

const isForm: Readonly<Record<Form, Test>> = {
  number: (value) => typeof value === "number",
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  undefined: (value) => value === undefined,
  null: (value) => value === null,
  function: (value) => typeof value === "function",
  array: Array.isArray,
};

const isPlainObject: Test = (value) =>
  typeof value === "object" && value !== null && (value as { constructor?: unknown }).constructor === Object;

/** The types of a new universe, in order. */
export const BUILT_IN: readonly TypeDefinition[] = [
  { name: "number", test: isForm.number },
  { name: "string", test: isForm.string },
  { name: "boolean", test: isForm.boolean },
  { name: "Function", test: isForm.function },
  { name: "Array", test: isForm.array },
  { name: "Date", type: Date },
  { name: "RegExp", type: RegExp },
  { name: "Object", test: isPlainObject },
  { name: "null", test: isForm.null },
  { name: "undefined", test: isForm.undefined },
];

/** Identifiers of what is told by its form, not by a class. */
const FORM_OF: ReadonlyMap<string, Form> = new Map([
  ["js:number", "number"],
  ["js:string", "string"],
  ["js:boolean", "boolean"],
  ["js:Function", "function"],
  ["js:Array", "array"],
]);

const deciders = new Map<unknown, Decider>([
  [ANY.test, "any"],
  [isPlainObject, "plain"],
  ...Object.entries(isForm).map(([form, test]): [Test, Decider] => [test, form as Form]),
]);

/** Whether this is a definition that a universe can take. */
export function isDefinition(given: unknown): given is TypeDefinition {
  const { name, test, type } = (given ?? {}) as Partial<Record<keyof TypeDefinition, unknown>>;
  if (typeof name !== "string") return false;
  return test === undefined ? typeof type === "function" || typeof type === "string" : typeof test === "function";
}

/** Makes the type that a definition describes. */
export function valueType(definition: TypeDefinition, index: number): ValueType {
  const { name, type } = definition;
  const given = definition.test;
  const decider = deciderOf(type, given);
  const own = typeof type === "function" ? instanceTest(type) : typeof type === "string" ? nameTest(type) : undefined;
  const test = (decider === "identifier" ? own : (given ?? own)) as Test;
  return { name, test, isAny: definition.isAny === true, index, conversionsTo: [], decider };
}

/** Primitives that no signature tells by their form alone. */
const RARE: ReadonlyMap<string, Test> = new Map<string, Test>([
  ["js:bigint", (value) => typeof value === "bigint"],
  ["js:symbol", (value) => typeof value === "symbol"],
]);

function deciderOf(type: TypeDefinition["type"], test: Test | undefined): Decider {
  if (typeof type === "function") return isReadableClass(type) ? "class" : "value";
  if (typeof type === "string") return FORM_OF.get(type) ?? (RARE.has(type) ? "value" : "identifier");
  return deciders.get(test) ?? "value";
}

function instanceTest(type: Class): Test {
  return (value) => value instanceof type;
}

function nameTest(identifier: TypeIdentifier): Test {
  const form = FORM_OF.get(identifier);
  return form === undefined ? (RARE.get(identifier) ?? identifierTest(identifier)) : isForm[form];
}
