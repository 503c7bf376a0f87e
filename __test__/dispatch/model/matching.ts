// Which values a named type takes in, which types decide anything, and what converts to what.
import { type ModelBackend, type ModelPattern, SHAPED, type World } from "./world.ts";

/** Whether a value of this class may be an argument of the backend. */
export function accepts(world: World, { primary, secondary }: ModelBackend, type: string): boolean {
  return primary === undefined || [...primary, ...secondary].some((pattern) => takes(world, pattern, type));
}

/** Whether the backend exists for values of this class. */
export function isPrimary(world: World, { primary }: ModelBackend, type: string): boolean {
  return primary === undefined || primary.some((pattern) => takes(world, pattern, type));
}

/** The types that registered conversions make of a value of this class, with the least cost of each. */
export function conversionsOf(world: World, type: string): ReadonlyMap<string, number> {
  const own = countsAs(world, type);
  const costs = new Map<string, number>();
  if (own === undefined) return costs;
  // As often as the longest path has steps.
  for (let i = 0; i < world.conversions.length; i++) {
    for (const { from, to, cost } of world.conversions) {
      const before = from === own ? 0 : costs.get(from);
      if (before === undefined || to === own) continue;
      costs.set(to, Math.min(costs.get(to) ?? Infinity, before + cost));
    }
  }
  return costs;
}

/** Whether conversions lead from a class to a primary type of the backend. */
export function leads(world: World, backend: ModelBackend, type: string): boolean {
  return [...conversionsOf(world, type).keys()].some((to) => isPrimary(world, backend, to));
}

/** Whether some backend names the type, or one that it converts to: others decide nothing. */
export function isKnown(world: World, type: string): boolean {
  const patterns = world.backends.flatMap(({ primary = [], secondary }) => [...primary, ...secondary]);
  // A class that counts as one of which only direct instances are wanted is known, and not wanted.
  const isNamed = (name: string): boolean =>
    patterns.some((pattern) => takes(world, pattern, name) || pattern.type === countsAs(world, name));
  return isNamed(type) || [...conversionsOf(world, type).keys()].some(isNamed);
}

/** Whether a pattern takes values of a class. */
export function takes(world: World, { type, reach }: ModelPattern, name: string): boolean {
  switch (reach) {
    case "exact":
      return name === type && countsAs(world, name) === type;
    case "class":
      return countsAs(world, name) === type;
    case "subclasses":
      return lineOf(world, name).some((each) => each.hasIdentifier && each.name === type);
    case "structural":
      return type === SHAPED && isShaped(world, name);
  }
}

/** The nearest class with an identifier, up from a class. */
export function countsAs(world: World, name: string): string | undefined {
  return lineOf(world, name).find(({ hasIdentifier }) => hasIdentifier)?.name;
}

/** A class without an identifier counts as what it extends, here too. */
function isShaped(world: World, name: string): boolean {
  const line = lineOf(world, name);
  const named = line.find(({ hasIdentifier }) => hasIdentifier);
  return named?.isShaped ?? line.some((each) => each.isShaped);
}

/** A class, its parent, and so on. */
function lineOf({ classes }: World, name: string | undefined): World["classes"] {
  const found = classes.find((each) => each.name === name);
  return found === undefined ? [] : [found, ...lineOf({ classes } as World, found.parent)];
}
