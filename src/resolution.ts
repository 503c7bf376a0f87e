import { configOfCall, tagsOf } from "./call.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import { DispatchError } from "./errors.ts";
import { runPlan } from "./plan.ts";
import { activeScope, type Implementation, realm, remember, replaceTable, resolver, resolveSlot } from "./realm.ts";
import { rootConfig, type ScopeConfig } from "./scope.ts";
import { recordCall } from "./trace.ts";

/** The slow path of a call: what a stub does when the table does not lead it to an implementation. */
export function enter(record: DispatchableRecord, args: unknown[]): unknown {
  const config = configOfCall(record, args);
  const recorder = activeScope()?.recorder;
  if (recorder !== undefined) return recordCall(recorder, record, config, args);
  return implementationFor(record, config, tagsOf(record, args))(...args);
}

/** What the table says of such a call, after asking the resolver where it says nothing. */
export function implementationFor(
  record: DispatchableRecord,
  config: ScopeConfig,
  tags: readonly number[],
): Implementation {
  const { state } = record;
  let at = config.bases.rows[record.id]! | 0;
  for (const tag of tags) at = realm.table[at + tag]!;
  const slot = realm.table[at] || resolve(record, config, tags);
  const implementation = (state.implementations[slot] ??= functionOf(record, slot));
  // Only calls with all their dispatch arguments: the stub compares each.
  if (config === rootConfig && tags.length === record.on.length) remember(state, tags, implementation);
  return implementation;
}

function resolve(record: DispatchableRecord, config: ScopeConfig, tags: readonly number[]): number {
  for (let attempt = 0; attempt < 2; attempt++) {
    const slot = resolveSlot(record.id, config.id, ...tags);
    if (slot !== 0) {
      const row = resolver.base(record.id, config.id);
      config.setBase(record.id, row);
      if (config === rootConfig) record.state.base = row;
      return slot;
    }
    replaceTable();
  }
  throw new DispatchError("ERR_DISPATCH_INTERNAL", `the dispatch table has no room for one call of ${record.name}`);
}

/** The function of a slot: an implementation that certainly runs itself, else the choice between several. */
function functionOf(record: DispatchableRecord, slot: number): Implementation {
  const plan = resolver.plan(record.id, slot);
  const certain = plan.length > 0 && plan[0]!.certain ? record.implementations.get(plan[0]!.backend)!.run : undefined;
  return certain ?? ((...args) => runPlan(record, configOfCall(record, args), plan, tagsOf(record, args), args));
}
