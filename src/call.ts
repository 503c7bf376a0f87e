import { findBackend } from "./backend-name.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import { activeConfig, type ScopeConfig } from "./scope.ts";
import { tagOf, typeName } from "./type-identifier.ts";

/** Under what a call resolves. */
export interface Resolution {
  readonly config: ScopeConfig;
  /** The tags of its dispatch arguments, or of the type that it was invoked for. */
  readonly tags: readonly number[];
}

/** How a call resolves, by its arguments and the active scope. */
export function resolutionOf(record: DispatchableRecord, args: readonly unknown[]): Resolution {
  return { config: configOfCall(record, args), tags: tagsOf(record, args) };
}

/** The configuration under which a call resolves: the active scope's, narrowed by `{ backend }`. */
export function configOfCall(record: DispatchableRecord, args: readonly unknown[]): ScopeConfig {
  const config = activeConfig();
  const chosen = (args[record.options] as { backend?: unknown } | null | undefined)?.backend;
  return chosen === undefined ? config : config.exclusively(findBackend(record.system, chosen));
}

/** The tags of a call's dispatch arguments. Missing ones are passed over. */
export function tagsOf(record: DispatchableRecord, args: readonly unknown[]): number[] {
  return record.on.map((position) => tagOf(args[position])).filter((tag) => tag !== 0);
}

/** The types of a call's dispatch arguments, for people. */
export function typesOf(record: DispatchableRecord, args: readonly unknown[]): string[] {
  return record.on.filter((position) => position < args.length).map((position) => typeName(args[position]));
}
