import type { BackendVerdict } from "./addon.ts";
import { callOf, newLog, type Resolution, resolutionOf, verdictsOf } from "./call.ts";
import { optionsOf } from "./backend-options.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import { askProtocols, holdersOf } from "./protocol-call.ts";
import { activeScope, type Implementation, realm, remember, replaceTable, resolver, resolveSlot } from "./realm.ts";
import { outputOf } from "./output-option.ts";
import { observer, recordCall } from "./record-call.ts";
import { choiceFor, runInto } from "./run-call.ts";
import { activeRecorder, rootConfig } from "./scope.ts";
import { runSteps } from "./steps.ts";
import { TAG, type Tagged } from "./type-identifier.ts";

/** Tags that the raw form of `resolve` takes. */
const RAW_TAGS = 8;

/**
 * What runs a call where the table does not lead its stub to an implementation.
 *
 * @param asked prototypes of the classes whose protocols were asked about the call.
 */
export function choose(
  record: DispatchableRecord,
  args: readonly unknown[],
  asked: readonly object[] = [],
): Implementation {
  if (!record.system.discovered) record.system.discover();
  const resolution = resolutionOf(record, args);
  const holders = holdersOf(record, args, resolution, asked);
  if (holders.length === 0) return chooseAs(record, resolution, args);
  const call = callOf(record, resolution, args);
  return () => runSteps(askProtocols(call, holders, asked, (next, done) => choose(record, next, done)(...next)));
}

/** What runs a call as `resolution` says, whatever its arguments would. */
export function chooseAs(record: DispatchableRecord, resolution: Resolution, args: readonly unknown[]): Implementation {
  const scope = activeScope();
  const recorder = activeRecorder() ?? observer(record.system);
  if (recorder !== undefined) return () => recordCall(recorder, callOf(record, resolution, args, newLog()));
  const slot = mayBeUnknown(record, args) ? undefined : slotOf(record, resolution);
  const plan = planAt(record, resolution, slot);
  const first = plan[0];
  if (slot === undefined || first?.certain !== true) return choiceFor(callOf(record, resolution, args), plan);
  const run = (record.state.implementations[slot] ??= record.implementations.get(first.backend)!.run!);
  const output = outputOf(record, args);
  if (output !== undefined) return () => runInto(record, run, args, output);
  const { config, tags } = resolution;
  // The stub reads tags from the arguments themselves, all of which are there: what it would not find so is not worth
  // remembering. Nor does it remember a call's own choice of a backend.
  const values = record.on.values(args);
  const isRead =
    values.length === tags.length &&
    values.every((value, i) => (value as Tagged | null | undefined)?.[TAG] === tags[i]);
  const isUsual = scope?.recorder === undefined && config === (scope?.config ?? rootConfig());
  if (isRead && isUsual) remember(record.state, scope, tags, run);
  return run;
}

/** The backends that come into question for a call, in try order. */
export function planOf(
  record: DispatchableRecord,
  resolution: Resolution,
  args: readonly unknown[],
): readonly BackendVerdict[] {
  const isTold = record.system.environment.dispatch && !mayBeUnknown(record, args);
  return planAt(record, resolution, isTold ? slotOf(record, resolution) : undefined);
}

function planAt(
  record: DispatchableRecord,
  resolution: Resolution,
  slot: number | undefined,
): readonly BackendVerdict[] {
  if (slot === undefined) return verdictsOf(record, resolution);
  return (record.plans[slot] ??= resolver.plan(record.id, slot));
}

/** Whether a backend that would certainly run may not know the options, which the table does not ask. */
function mayBeUnknown(record: DispatchableRecord, args: readonly unknown[]): boolean {
  return !record.state.plain && optionsOf(record, args) !== undefined;
}

/**
 * What the table says of such a call, after asking the resolver where it says nothing; `undefined` for a call of more
 * different types than an empty table has rows.
 */
function slotOf(record: DispatchableRecord, { config, tags }: Resolution): number | undefined {
  const known = walk(config.unrecorded.bases[record.id]! | 0, tags, record.on.fixed);
  if (known !== 0) return known;
  for (const isLast of [false, true]) {
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
    if (!isLast) replaceTable();
  }
  return undefined;
}

/** The slot at the end of a walk through the table; 0 where it says nothing. No call has more tags than a fixed number. */
function walk(base: number, tags: readonly number[], fixed: number): number {
  const { table } = realm;
  let at = base;
  for (const tag of tags) at = table[at + tag]!;
  if (fixed === 0) return table[at]!;
  if (tags.length === fixed) return at;
  return at === 0 ? 0 : table[at - 1]!;
}
