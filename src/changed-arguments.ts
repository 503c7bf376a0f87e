import type { DispatchableRecord } from "./dispatchable.ts";

type Changing = Pick<DispatchableRecord, "on" | "mutates">;

/**
 * The indexes of the dispatch arguments that a call changes: of those that are, or are in, the arguments that `mutates`
 * names. Of one that an extractor found inside of something nobody knows where it was, and it counts as changed.
 */
export function changedIndexes({ on, mutates }: Changing, args: readonly unknown[]): readonly number[] {
  if (mutates.length === 0) return [];
  return on.positions(args).flatMap((at, i) => (at < 0 || mutates.includes(at) ? [i] : []));
}

/** What a call changes: the arguments that `mutates` names, and the dispatch arguments in them. */
export function changedValues(changing: Changing, args: readonly unknown[]): readonly unknown[] {
  const { on, mutates } = changing;
  if (mutates.length === 0) return mutates;
  const values = on.values(args);
  return [...mutates.map((position) => args[position]), ...changedIndexes(changing, args).map((i) => values[i])];
}
