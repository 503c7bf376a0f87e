import { hasRest, type Parameter } from "./parameter.ts";

/** How large the numbers of types and conversions of a universe are. */
export interface UniverseSize {
  readonly types: number;
  readonly conversions: number;
}

/**
 * Weights of the differences between two parameters. They matter where signatures differ in several parameters: what
 * typed-function prefers is the sign of a sum of these, rounding and all.
 */
const WEIGHT = { any: 0.1, rest: 0.01, type: 0.001, conversion: 0.000001, conversionOrder: 0.0000001 } as const;

/** Orders signatures: negative when a call that matches both is the first one's. */
export function compareSignatures(
  first: readonly Parameter[],
  second: readonly Parameter[],
  size: UniverseSize,
): number {
  const rest = [hasRest(first), hasRest(second)] as const;
  const last = [first.at(-1), second.at(-1)] as const;
  const isRest = (i: 0 | 1, quality: "hasAny" | "hasConversion"): number => Number(rest[i] && last[i]?.[quality]);
  return (
    isRest(0, "hasAny") - isRest(1, "hasAny") ||
    count(first, "hasAny") - count(second, "hasAny") ||
    isRest(0, "hasConversion") - isRest(1, "hasConversion") ||
    count(first, "hasConversion") - count(second, "hasConversion") ||
    Number(rest[0]) - Number(rest[1]) ||
    // The longer one, not counting a rest parameter, is preferred where there is one, and the shorter elsewhere.
    (rest[0] ? second.length - first.length : first.length - second.length) ||
    compareInDetail(first, second, size)
  );
}

/** For signatures of one length. */
function compareInDetail(first: readonly Parameter[], second: readonly Parameter[], size: UniverseSize): number {
  const differences = first.map((parameter, i) => compareParameters(parameter, second[i]!, size));
  const sum = differences.reduce((total, difference) => total + difference, 0);
  return sum || (differences.find((difference) => difference !== 0) ?? 0);
}

function compareParameters(first: Parameter, second: Parameter, size: UniverseSize): number {
  const differs = (quality: "hasAny" | "restParam" | "hasConversion"): number =>
    Number(first[quality]) - Number(second[quality]);
  const any = differs("hasAny");
  if (any !== 0) return any * WEIGHT.any;
  const rest = differs("restParam");
  if (rest !== 0) return rest * WEIGHT.rest;
  const type = Math.sign(lowestType(first, size) - lowestType(second, size));
  if (type !== 0) return type * WEIGHT.type;
  const conversions = [lowestConversion(first, size), lowestConversion(second, size)] as const;
  const conversion = differs("hasConversion");
  if (conversion > 0) return (1 + conversions[0]) * WEIGHT.conversion;
  if (conversion < 0) return -(1 + conversions[1]) * WEIGHT.conversion;
  return Math.sign(conversions[0] - conversions[1]) * WEIGHT.conversionOrder;
}

function count(parameters: readonly Parameter[], quality: "hasAny" | "hasConversion"): number {
  return parameters.filter((parameter) => parameter[quality]).length;
}

function lowestType({ types }: Parameter, size: UniverseSize): number {
  return Math.min(size.types + 1, ...types.map(({ typeIndex }) => typeIndex));
}

function lowestConversion({ types }: Parameter, size: UniverseSize): number {
  const indexes = types.filter(({ conversion }) => conversion !== null).map(({ conversionIndex }) => conversionIndex);
  return Math.min(size.conversions + 1, ...indexes);
}
