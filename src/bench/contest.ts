/** Where a measured call stands. */
export type CallSite =
  /** A loop of its own for each dispatchable. */
  | "hot"
  /** One loop that calls all dispatchables in random order: V8 knows none of them there, and inlines nothing. */
  | "megamorphic";

/** A setting in which all contestants are measured. */
export interface ContestSetting {
  /** How many types each dispatchable is implemented for and, in random order, called with. */
  readonly types: number;
  /** How many arguments are dispatched on. */
  readonly arguments: number;
  readonly site: CallSite;
  /** Whether V8 may inline the implementations into their caller. */
  readonly inlinable: boolean;
}

/** Dispatchables alive at the same time, each with types of its own. */
export const DISPATCHABLES = 24;

/** Types in the process, of which each dispatchable knows some. */
export const TYPES = 32;

const hot = (types: number, count: number, inlinable = false): ContestSetting => ({
  types,
  arguments: count,
  site: "hot",
  inlinable,
});

/** The settings of a full run. */
export const FULL: readonly ContestSetting[] = [
  ...[1, 2, 3].flatMap((count) => [1, 4, 32].map((types) => hot(types, count))),
  ...[1, 4, 32].map((types) => hot(types, 1, true)),
  ...[1, 4, 32].map((types): ContestSetting => ({ types, arguments: 1, site: "megamorphic", inlinable: false })),
];

/** The settings of a quick run. */
export const QUICK: readonly ContestSetting[] = [hot(1, 1), hot(4, 1), hot(32, 1), hot(1, 2)];

/** A setting in words. */
export function describeSetting({ types, arguments: count, site, inlinable }: ContestSetting): string {
  const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
  const kind = inlinable ? "inlinable" : "not inlinable";
  return `${plural(types, "type")}, ${plural(count, "argument")}, ${site} call site, implementations ${kind}`;
}
