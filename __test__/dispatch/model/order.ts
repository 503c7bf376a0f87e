// The order in which backends are tried where no scope says otherwise.
import { takes } from "./matching.ts";
import type { ModelBackend, ModelPattern, World } from "./world.ts";

type Pair = readonly [before: string, after: string];

/** The backends in order; `undefined` where what they declare contradicts itself. */
export function orderOf(world: World): string[] | undefined {
  const seed = seedOf(world);
  const pairs = seed.flatMap((a) => seed.filter((b) => a !== b).map((b) => [a, b] as const));
  const named = (holds: (a: ModelBackend, b: ModelBackend) => boolean): Pair[] =>
    pairs.filter(([a, b]) => holds(a, b)).map(([a, b]) => [a.name, b.name]);

  const said = named((a, b) => leads(world.environment.order, a.name, b.name));
  const declared = named((a, b) => a.before.includes(b.name) || b.after.includes(a.name)).filter(
    // What the environment decides is not for backends to declare.
    ([a, b]) => !leads(said, a, b) && !leads(said, b, a),
  );
  if (declared.some(([a, b]) => leads(declared, b, a))) return undefined;
  const specific = named((a, b) => isMoreSpecific(world, a, b));
  const unmirrored = specific.filter(([a, b]) => !leads(specific, b, a));

  const edges = [...said];
  // Nothing counts that contradicts what stands.
  for (const [a, b] of [...declared, ...unmirrored]) if (!leads(edges, b, a)) edges.push([a, b]);
  const order: string[] = [];
  while (order.length < seed.length) {
    const waits = (name: string): boolean => edges.some(([a, b]) => b === name && !order.includes(a));
    order.push(seed.find(({ name }) => !order.includes(name) && !waits(name))!.name);
  }
  return order;
}

/** The library's own, then the others as registered; those with structural primary types after all others. */
function seedOf({ backends }: World): ModelBackend[] {
  const isStructural = ({ primary = [] }: ModelBackend): boolean => primary.some(({ reach }) => reach === "structural");
  return [...backends.filter((each) => !isStructural(each)), ...backends.filter(isStructural)];
}

function leads(edges: readonly Pair[], from: string, to: string): boolean {
  const reached = [from];
  for (const at of reached) for (const [a, b] of edges) if (a === at && !reached.includes(b)) reached.push(b);
  return reached.slice(1).includes(to);
}

const REACHES = ["exact", "class", "subclasses", "structural"];

/**
 * The primary types of `a` are some, and not all, of the types of `b`; or they are the same, and `b` takes subclasses
 * where `a` does not. Any type is more than any types.
 */
function isMoreSpecific(world: World, a: ModelBackend, b: ModelBackend): boolean {
  if (a.primary === undefined) return false;
  if (b.primary === undefined) return true;
  const ours = a.primary;
  const theirs = [...b.primary, ...b.secondary];
  const isClass = (type: string): boolean => world.classes.some((each) => each.hasIdentifier && each.name === type);
  const isTheirs = ({ type }: ModelPattern): boolean =>
    theirs.some(
      (other) => other.type === type || (other.reach === "subclasses" && isClass(type) && takes(world, other, type)),
    );
  if (!ours.every(isTheirs)) return false;
  if (theirs.some(({ type }) => !ours.some((own) => own.type === type))) return true;
  const farthest = (patterns: readonly ModelPattern[], type: string): number =>
    Math.max(...patterns.filter((each) => each.type === type).map(({ reach }) => REACHES.indexOf(reach)));
  const shared = theirs.map(({ type }) => [farthest(ours, type), farthest(theirs, type)] as const);
  return shared.every(([own, other]) => other >= own) && shared.some(([own, other]) => other > own);
}
