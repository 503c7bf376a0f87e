import type { BackendVerdict } from "./addon.ts";
import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import type { BackendImplementation } from "./backend.ts";
import { enter } from "./resolution.ts";
import { type Implementation, resolver, type StubState, trackState } from "./realm.ts";
import { createStub } from "./stub.ts";

/** How a dispatchable is called. */
export interface DispatchableConfig {
  /** Positions of the arguments whose types choose the implementation. */
  on: readonly number[];
  /**
   * Position of the options object, whose `backend` property chooses for one call. Default: after the last
   * dispatch argument.
   */
  options?: number;
}

/** What the dispatcher knows of one dispatchable. */
export interface DispatchableRecord {
  readonly id: number;
  readonly name: string;
  readonly system: { readonly id: number; readonly name: string };
  readonly on: readonly number[];
  readonly options: number;
  readonly state: StubState;
  /** The backends that come into question for a slot, where the first does not certainly run. */
  readonly plans: (readonly BackendVerdict[])[];
  /** Implementations by the number of their backend. */
  readonly implementations: Map<number, BackendImplementation>;
}

const records = new WeakMap<object, DispatchableRecord>();

/** Makes a dispatchable of `system`, whose own implementation stays to be added. */
export function createDispatchable(
  system: DispatchableRecord["system"],
  name: string,
  config: DispatchableConfig,
  own: Implementation,
): { call: Implementation; record: DispatchableRecord } {
  const on = positions(name, config);
  const options = config.options ?? Math.max(...on) + 1;
  const id = resolver.addDispatchable(system.id);
  const { call, state } = createStub(id, { on, options }, (...args) => enter(record, args));
  const record: DispatchableRecord = { id, name, system, on, options, state, plans: [], implementations: new Map() };
  trackState(state);
  Object.defineProperty(call, "name", { value: own.name || name, configurable: true });
  Object.defineProperty(call, "length", { value: own.length, configurable: true });
  records.set(call, record);
  return { call, record };
}

/** The record of a dispatchable. */
export function recordOf(fn: unknown): DispatchableRecord {
  const record = typeof fn === "function" ? records.get(fn) : undefined;
  if (record === undefined) {
    const message = `${display(fn)} is no dispatchable; expected a function made by dispatchable()`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  return record;
}

function positions(name: string, config: DispatchableConfig): readonly number[] {
  const { on, options = 0 }: Partial<DispatchableConfig> = config ?? {};
  const valid = (position: unknown): boolean =>
    Number.isInteger(position) && (position as number) >= 0 && (position as number) < 16;
  if (typeof name === "string" && Array.isArray(on) && on.length > 0 && on.every(valid) && valid(options))
    return [...on];
  const expected = "a name and the positions of the dispatch arguments, from 0 to 15, as in { on: [0] }";
  const message = `dispatchable(${display(name)}, ${display(config)}, …): expected ${expected}`;
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
}
