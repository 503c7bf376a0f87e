import { AsyncLocalStorage } from "node:async_hooks";
import { addon } from "./addon.ts";
import type { ActiveScope } from "./scope.ts";

/** Any function, as the untyped middle of the dispatcher sees it. */
export type Implementation = (...args: unknown[]) => unknown;

/** What one stub reads on each call. Its fields are written rarely, so that the JIT can take them for constants. */
export interface StubState {
  readonly id: number;
  /** Row of the table at which a walk outside any scope begins; 0 before the first call. */
  base: number;
  /** Implementation by slot; at 0 the slow path, which fills the others. */
  readonly implementations: Implementation[];
  /** The first slots again, as fields: what the JIT can inline. */
  i1: Implementation;
  i2: Implementation;
  i3: Implementation;
  i4: Implementation;
}

/** Room for 4,096 states of up to 256 types. Memory is taken from the system only where it is written. */
const INITIAL_ENTRIES = 1 << 20;
const LARGEST_ENTRIES = 1 << 24;
/** Rows that a table holds however many types there are: enough for any one call. */
const SMALLEST_ROWS = 64;

let largestTag = 0;

const states: StubState[] = [];
const scopeTables: { rows: Int32Array }[] = [];

/** What all stubs of this realm (a thread's global environment) share. */
export const realm = {
  /** The automaton: written by the resolver, read by stubs. See `crates/dispatch/src/automaton.rs`. */
  table: new Int32Array(INITIAL_ENTRIES) as Int32Array,
  /** Whether any scope was ever opened; until then no stub looks for one. */
  scoped: false,
  /** Where a walk begins in the active scope. */
  scopeBase(state: StubState): number {
    const scope = storage!.getStore();
    return scope === undefined ? state.base : scope.bases.rows[state.id]! | 0;
  },
};

/** The registry behind the table. */
export const resolver: InstanceType<typeof addon.Resolver> = new addon.Resolver(realm.table);

/** `resolver.resolve`, without the cost of its wrapper. */
export const resolveSlot: (dispatchable: number, scope: number, ...tags: number[]) => number = resolver.resolver();

// Before Node 24 an AsyncLocalStorage in use slows every await of the process, so it is made with the first scope.
let storage: AsyncLocalStorage<ActiveScope> | undefined;

/** The scope that is active here, if any. */
export function activeScope(): ActiveScope | undefined {
  return storage?.getStore();
}

/** Runs `body`, and all asynchronous work that it starts, in `scope`. */
export function runInScope<R>(scope: ActiveScope, body: () => R): R {
  storage ??= new AsyncLocalStorage();
  realm.scoped = true;
  return storage.run(scope, body);
}

/** Makes known a stub whose base changes with the table. */
export function trackState(state: StubState): void {
  states.push(state);
}

/** Makes known a scope whose bases change with the table. */
export function trackBases(bases: { rows: Int32Array }): void {
  scopeTables.push(bases);
}

/**
 * Widens the table's rows for `tag`. Called before any prototype carries the tag: a stub that adds it to a state
 * must not leave the state's row.
 */
export function makeRoomFor(tag: number): void {
  if (tag > largestTag) largestTag = tag;
  if (tag >= resolver.stride) replaceTable();
}

/** Starts over on a larger table. Past 64 MiB the same size is used again: states are found anew then. */
export function replaceTable(): void {
  const entries = Math.min(realm.table.length * 2, LARGEST_ENTRIES);
  const table = new Int32Array(Math.max(entries, SMALLEST_ROWS * (largestTag + 1)));
  resolver.replaceTable(table, largestTag);
  for (const state of states) state.base = 0;
  for (const bases of scopeTables) bases.rows.fill(0);
  realm.table = table;
}
