import { AsyncLocalStorage } from "node:async_hooks";
import { addon } from "./addon.ts";
import type { ActiveScope } from "./scope.ts";

/** Any function, as the untyped middle of the dispatcher sees it. */
export type Implementation = (...args: unknown[]) => unknown;

/**
 * A call that was made, and what runs for its like. The fields are added with the first such call and not written
 * again unless something changes: the JIT takes what was written once for a constant.
 */
export interface Remembered {
  /** Tags of the dispatch arguments; the first is {@link NOTHING} after a change. */
  k0?: number;
  k1?: number;
  k2?: number;
  /** The scope that it was made in; `undefined` outside all. */
  scope?: ActiveScope | undefined;
  run?: Implementation;
}

/** What one stub reads on each call. */
export interface StubState {
  id: number;
  /** Row of the table at which a walk outside any scope begins; 0 before the first call. */
  base: number;
  /** Whether no backend takes options of its own, so that only `backend` among the options concerns dispatch. */
  plain: boolean;
  /** Whether a dispatch argument was ever missing; a constant to the JIT until one was, of any stub. */
  lacks: boolean;
  /** Implementation by slot, from 1; `undefined` where none certainly runs, or nobody has called yet. */
  readonly implementations: (Implementation | undefined)[];
  /** Gives what to run for arguments, where the table leads to no implementation. */
  choose: (...args: unknown[]) => Implementation;
  /** Calls that need no walk, and whose implementations the JIT can inline. */
  readonly m0: Remembered;
  readonly m1: Remembered;
  readonly m2: Remembered;
  readonly m3: Remembered;
  /** How many more kinds of calls, outside scopes, may find no place among these before it no longer pays to compare. */
  untilMany: number;
}

/**
 * Kinds of calls beyond those remembered that make it many: in whatever order they come, comparisons mostly fail then,
 * and the processor foresees none of them.
 */
export const MANY_CALLS = 12;

/** What no argument's tag is. */
const NOTHING = -1;

/** Dispatch arguments whose tags a {@link Remembered} has room for. */
const REMEMBERED_ARGUMENTS = 3;

type Resolver = InstanceType<typeof addon.Resolver>;
type RawFunctions = ReturnType<Resolver["raw"]>;

/** Methods after which calls may be answered otherwise. */
type Change =
  | "addBackend"
  | "implement"
  | "implementAll"
  | "setConditional"
  | "addParent"
  | "addMember"
  | "addConversion";

/** Room for some 3,800 states of up to 256 types. Memory is taken from the system only where it is written. */
const INITIAL_ENTRIES = 1 << 20;
const LARGEST_ENTRIES = 1 << 24;
/** Rows that a table holds however many types there are: enough for any one call. */
const SMALLEST_ROWS = 64;

let largestTag = 0;

const states: StubState[] = [];
let remembered: Remembered[] = [];
let crowded: StubState[] = [];
const scopes: ActiveScope[] = [];

/** What all stubs of this realm (a thread's global environment) share. */
export const realm = {
  /** The automaton: written by the resolver, read by stubs. See `crates/dispatch/src/automaton.rs`. */
  table: new Int32Array(INITIAL_ENTRIES) as Int32Array,
  /** Whether any scope was ever opened; until then no stub looks for one. */
  scoped: false,
  /** The active scope, once any was opened. */
  scope(): ActiveScope | undefined {
    return storage!.getStore();
  },
};

const registry: Resolver = new addon.Resolver(realm.table);

/** The registry behind the table, for questions and for changes that no answer given before depends on. */
export const resolver: Omit<Resolver, Change> = registry;

const raw: RawFunctions = resolver.raw();

/** `resolver.resolve`, without the cost of its wrapper. */
export const resolveSlot: RawFunctions["resolve"] = raw.resolve;

/** Adds a function with its own implementation. No answer given before depends on it. */
export const addDispatchable: RawFunctions["addDispatchable"] = raw.addDispatchable;

/** Changes the registry, which clears the table; stubs forget what they remember of it. */
export function change<K extends Change>(method: K, ...args: Parameters<Resolver[K]>): ReturnType<Resolver[K]> {
  forgetCalls();
  return (registry[method] as (...given: Parameters<Resolver[K]>) => ReturnType<Resolver[K]>)(...args);
}

/** Has every call take the slow path once more: what is found there may differ, or be of interest to somebody. */
export function forgetAnswers(): void {
  forgetCalls();
  for (const state of states) state.base = 0;
  for (const { bases } of scopes) bases.fill(0);
}

function forgetCalls(): void {
  for (const memory of remembered) memory.k0 = NOTHING;
  remembered = [];
  for (const state of crowded) state.untilMany = MANY_CALLS;
  crowded = [];
}

/** Has a stub remember what runs for these tags in a scope, if it has room. */
export function remember(
  state: StubState,
  scope: ActiveScope | undefined,
  tags: readonly number[],
  run: Implementation,
): void {
  if (tags.length > REMEMBERED_ARGUMENTS) return;
  const memory = [state.m0, state.m1, state.m2, state.m3].find(({ k0 = NOTHING }) => k0 === NOTHING);
  if (memory === undefined) {
    if (scope !== undefined || state.untilMany === 0) return;
    if (state.untilMany === MANY_CALLS) crowded.push(state);
    state.untilMany--;
    return;
  }
  memory.k0 = tags[0]!;
  if (tags.length > 1) memory.k1 = tags[1]!;
  if (tags.length > 2) memory.k2 = tags[2]!;
  memory.scope = scope;
  memory.run = run;
  remembered.push(memory);
}

// Before Node 24 an AsyncLocalStorage in use slows every await of the process, so it is made with the first scope.
let storage: AsyncLocalStorage<ActiveScope> | undefined;

// The block that entered the active scope; equal scopes are one object, which does not tell. None for a body's scope.
let blocks: AsyncLocalStorage<object | undefined> | undefined;

/** The scope that is active here, if any. */
export function activeScope(): ActiveScope | undefined {
  return storage?.getStore();
}

/** Runs `body`, and all asynchronous work that it starts, in `scope`. */
export function runInScope<R>(scope: ActiveScope, body: () => R): R {
  storage ??= new AsyncLocalStorage();
  realm.scoped = true;
  if (activeBlock() === undefined) return storage.run(scope, body);
  return blocks!.run(undefined, () => storage!.run(scope, body));
}

/** Has what follows, and all asynchronous work that it starts, be in `scope`, or in none, by the will of `block`. */
export function enterScope(scope: ActiveScope | undefined, block: object | undefined): void {
  storage ??= new AsyncLocalStorage();
  blocks ??= new AsyncLocalStorage();
  realm.scoped = true;
  // Node takes it; its types do not say so.
  storage.enterWith(scope as ActiveScope);
  blocks.enterWith(block);
}

/** The block that entered the active scope, if one did. */
export function activeBlock(): object | undefined {
  return blocks?.getStore();
}

/** Makes known a stub whose base changes with the table. */
export function trackState(state: StubState): void {
  states.push(state);
}

/** Makes known a scope whose bases change with the table. */
export function trackScope(scope: ActiveScope): void {
  scopes.push(scope);
}

/**
 * Widens the table's rows for `tag`. Called before any prototype carries the tag: a stub that adds it to a state
 * must not leave the state's row.
 */
export function makeRoomFor(tag: number): void {
  if (tag > largestTag) largestTag = tag;
  if (tag >= resolver.stride) replaceTable();
}

/** Whether this is the tag of a type that the realm knows. */
export function isTag(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= largestTag;
}

/** Starts over on a larger table. Past 64 MiB the same size is used again: states are found anew then. */
export function replaceTable(): void {
  const entries = Math.min(realm.table.length * 2, LARGEST_ENTRIES);
  const table = new Int32Array(Math.max(entries, SMALLEST_ROWS * (largestTag + 1)));
  resolver.replaceTable(table, largestTag);
  forgetAnswers();
  realm.table = table;
}
