import type { BackendRecord } from "./backend-record.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import { type BackendImplementation, type LoadedForms, runsDirectly } from "./implementation.ts";
import { change } from "./realm.ts";

/** Puts what was loaded of a backend's implementation in the place of where it comes from. */
export function keepLoaded(
  record: DispatchableRecord,
  backend: BackendRecord,
  implementation: BackendImplementation,
  { sync, async: later }: LoadedForms,
): void {
  implementation.run = sync;
  implementation.runAsync = later;
  implementation.source = undefined;
  const isCertain = backend.start === undefined && runsDirectly(record, implementation);
  if (isCertain) change("setConditional", record.id, backend.id, false);
}
