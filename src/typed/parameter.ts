import type { TypeRegistry } from "./type-registry.ts";
import type { Conversion, ValueType } from "./value-type.ts";

/** A type that a parameter takes, perhaps after conversion. */
export interface ParameterType {
  readonly name: string;
  /** The type's place in its universe when the signature was read. */
  readonly typeIndex: number;
  readonly test: (value: unknown) => unknown;
  readonly isAny: boolean;
  readonly conversion: Conversion | null;
  /** -1 without a conversion. */
  readonly conversionIndex: number;
  readonly type: ValueType;
}

/** A parameter of a signature. */
export interface Parameter {
  readonly types: readonly ParameterType[];
  /** In canonical form: `...number|string`. */
  readonly name: string;
  readonly hasAny: boolean;
  readonly hasConversion: boolean;
  readonly restParam: boolean;
}

const REST = "...";

/**
 * Reads a signature.
 *
 * @throws TypeError for an unknown type, SyntaxError for a rest parameter that is not the last.
 */
export function parseSignature(signature: unknown, registry: TypeRegistry): Parameter[] {
  if (typeof signature !== "string") throw new TypeError("Signatures must be strings");
  const trimmed = signature.trim();
  if (trimmed === "") return [];
  const texts = trimmed.split(",");
  return texts.map((text, i) => {
    const parameter = parseParameter(text.trim(), registry);
    if (!parameter.restParam || i === texts.length - 1) return parameter;
    throw new SyntaxError(`Unexpected rest parameter "${text}": only allowed for the last parameter`);
  });
}

/** Parameters as text, in canonical form. */
export function stringifyParameters(parameters: readonly Parameter[], separator = ","): string {
  return parameters.map(({ name }) => name).join(separator);
}

/** Whether the last parameter takes all arguments that are left. */
export function hasRest(parameters: readonly Parameter[]): boolean {
  return parameters.at(-1)?.restParam === true;
}

/** The parameter that gets the argument at `index`, if any does. */
export function parameterAt(parameters: readonly Parameter[], index: number): Parameter | undefined {
  return parameters[index] ?? (hasRest(parameters) ? parameters.at(-1) : undefined);
}

/** Adds the types from which values can be converted. */
export function withConversions(parameter: Parameter, registry: TypeRegistry): Parameter {
  const converted = registry
    .conversionsTo(parameter.types.map(({ type }) => type))
    .map((conversion) => parameterType(registry.find(conversion.from), conversion));
  if (converted.length === 0) return parameter;
  return makeParameter([...parameter.types, ...converted], parameter.restParam);
}

/**
 * All combinations of one type for each parameter. A rest parameter keeps its types together, but comes without
 * conversions also.
 */
export function splitUnions(parameters: readonly Parameter[]): Parameter[][] {
  let combinations: Parameter[][] = [[]];
  for (const parameter of parameters) {
    const parts = parameter.restParam
      ? splitRest(parameter)
      : parameter.types.map((type) => makeParameter([type], false));
    combinations = combinations.flatMap((before) => parts.map((part) => [...before, part]));
  }
  return combinations;
}

/** Whether some call would match both. */
export function conflict(first: readonly Parameter[], second: readonly Parameter[]): boolean {
  const length = Math.max(first.length, second.length);
  for (let i = 0; i < length; i++) {
    const names = new Set(parameterAt(first, i)?.types.map(({ name }) => name));
    if (!parameterAt(second, i)?.types.some(({ name }) => names.has(name))) return false;
  }
  if (hasRest(first)) return hasRest(second) ? first.length === second.length : second.length >= first.length;
  return hasRest(second) ? first.length >= second.length : first.length === second.length;
}

function parseParameter(text: string, registry: TypeRegistry): Parameter {
  const restParam = text.startsWith(REST);
  const union = restParam ? text.slice(REST.length) || "any" : text;
  const types = union.split("|").map((name) => parameterType(registry.find(name.trim()), null));
  return makeParameter(types, restParam);
}

function parameterType(type: ValueType, conversion: Conversion | null): ParameterType {
  const { name, index: typeIndex, test, isAny } = type;
  return { name, typeIndex, test, isAny, conversion, conversionIndex: conversion?.index ?? -1, type };
}

function makeParameter(types: readonly ParameterType[], restParam: boolean): Parameter {
  return {
    types,
    name: (restParam ? REST : "") + types.map(({ name }) => name).join("|"),
    hasAny: types.some(({ isAny }) => isAny),
    hasConversion: types.some(({ conversion }) => conversion !== null),
    restParam,
  };
}

function splitRest(parameter: Parameter): Parameter[] {
  if (!parameter.hasConversion) return [parameter];
  const exact = parameter.types.filter(({ conversion }) => conversion === null);
  return [makeParameter(exact, true), parameter];
}
