import { type Resolution, resolutionOf } from "./call.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import { DispatchError } from "./errors.ts";
import { runPlan } from "./plan.ts";
import { activeScope, type Implementation, realm, remember, replaceTable, resolver, resolveSlot } from "./realm.ts";
import { rootConfig } from "./scope.ts";
import { recordCall } from "./trace.ts";
import { TAG, type Tagged } from "./type-identifier.ts";

/** Tags that the raw form of `resolve` takes. */
const RAW_TAGS = 8;

/** The slow path of a call: what a stub does when the table does not lead it to an implementation. */
export function enter(record: DispatchableRecord, args: unknown[]): unknown {
  return callAs(record, resolutionOf(record, args), args);
}

/** Runs a call as `resolution` says, whatever its arguments would. */
export function callAs(record: DispatchableRecord, resolution: Resolution, args: unknown[]): unknown {
  const scope = activeScope();
  if (scope?.recorder !== undefined) return recordCall(scope.recorder, record, resolution, args);
  const { config, tags } = resolution;
  const slot = slotOf(record, resolution);
  let implementation = record.state.implementations[slot];
  if (implementation === undefined || implementation === record.state.slow) {
    implementation = fill(record, slot);
    record.state.implementations[slot] = implementation;
  }
  const plan = record.plans[slot];
  // The stub reads tags from the arguments themselves: what it would not find there is not worth remembering.
  const readable = record.on.every((position, i) => (args[position] as Tagged | null | undefined)?.[TAG] === tags[i]);
  // Nor does it remember a call's own choice of a backend.
  const isPlain = readable && tags.length === record.on.length && config === (scope?.config ?? rootConfig());
  if (isPlain) remember(record.state, scope, tags, implementation);
  return plan === undefined ? implementation(...args) : runPlan(record, plan, args, resolution);
}

/** What the table says of such a call, after asking the resolver where it says nothing. */
function slotOf(record: DispatchableRecord, { config, tags }: Resolution): number {
  let at = config.unrecorded.bases[record.id]! | 0;
  for (const tag of tags) at = realm.table[at + tag]!;
  const known = realm.table[at]!;
  if (known !== 0) return known;
  for (let attempt = 0; attempt < 2; attempt++) {
    const slot =
      tags.length <= RAW_TAGS
        ? resolveSlot(record.id, config.id, ...tags)
        : resolver.resolve(record.id, config.id, [...tags]);
    if (slot !== 0) {
      const row = resolver.base(record.id, config.id);
      config.setBase(record.id, row);
      if (config === rootConfig()) record.state.base = row;
      return slot;
    }
    replaceTable();
  }
  throw new DispatchError("ERR_DISPATCH_INTERNAL", `the dispatch table has no room for one call of ${record.name}`);
}

/** The function of a slot: an implementation that certainly runs itself, else the choice between several. */
function fill(record: DispatchableRecord, slot: number): Implementation {
  const plan = resolver.plan(record.id, slot);
  const first = plan[0];
  if (first?.certain) return record.implementations.get(first.backend)!.run;
  record.plans[slot] = plan;
  return (...args) => runPlan(record, plan, args);
}
